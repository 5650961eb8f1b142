-- destroy(err) while the attempt is under way: 'error', 'close', and the second write's callback has err itself
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local failure = Error("changed my mind")
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "connect", "ready", "end", "finish", "error", "close" })
  socket:write("one", function(err) p.log("write one", err) end)
  socket:write("two", function(err) p.log("write two", err, err == failure) end)
  socket:finish(function(err) p.log("end", err, err == failure) end)
  socket:on("connectionAttempt", function() process.nextTick(function() socket:destroy(failure) end) end)
  socket:on("close", function() server:close() end)
end)
