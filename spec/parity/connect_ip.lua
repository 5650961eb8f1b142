-- connect to an IP address: every event in order, the callback is a 'connect' listener like any other
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local socket = net.connect(port, "127.0.0.1", function() p.log("callback") end)
  p.trace("socket", socket, { "lookup", "connectionAttempt", "connectionAttemptFailed", "connect", "ready", "end", "finish", "close" })
  socket:prependListener("connect", function() p.log("prepended") end)
  socket:resume()
  socket:on("close", function() server:close(function() p.log("closed") end) end)
  process.nextTick(function() p.log("tick") end)
  p.log("connect returned", socket.connecting)
end)
