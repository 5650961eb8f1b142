-- connect() after 'close' makes the same socket anew: listeners stay, counters begin again
local net = require "net"
local p = require "prelude"

local count = 0
local server = net.createServer(function(peer)
  count = count + 1
  peer:resume():finish("hello " .. count)
end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local socket = net.connect(port, "127.0.0.1")
  p.trace("socket", socket, { "connectionAttempt", "connect", "ready", "data", "end", "finish", "close" })
  socket:once("close", function()
    p.log(socket.destroyed, socket.readyState, socket.bytesRead, socket.bytesWritten, socket.writableEnded)
    socket:once("close", function()
      p.log(socket.destroyed, socket.readyState, socket.bytesRead, socket.bytesWritten)
      server:close()
    end)
    socket:connect(port, "127.0.0.1")
    p.log(socket.destroyed, socket.connecting, socket.readyState, socket.writable, socket.readable, socket.writableEnded)
    p.log(socket.bytesRead, socket.bytesWritten)
  end)
  socket:write("12345")
end)
