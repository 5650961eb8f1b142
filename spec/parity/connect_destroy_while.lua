-- destroy() while the attempt is under way: queued writes and the end learn of it after 'close'
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "connect", "ready", "end", "finish", "error", "close" })
  socket:write("one", function(err) p.log("write one", err) end)
  socket:write("two", function(err) p.log("write two", err) end)
  socket:finish(function(err) p.log("end", err) end)
  socket:on("connectionAttempt", function()
    p.log("attempt", socket.connecting, socket.writableLength)
    process.nextTick(function()
      socket:destroy()
      p.log("destroyed", socket.connecting, socket.writableLength)
    end)
  end)
  socket:on("close", function() server:close() end)
end)
