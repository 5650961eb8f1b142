-- our end first: the peer may go on sending, readyState is readOnly until it ends too
local net = require "net"
local p = require "prelude"

local server = net.createServer({ allowHalfOpen = true }, function(peer)
  peer:resume():on("end", function()
    peer:write("still here")
    setTimeout(function() peer:finish() end, 10)
  end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = p.trace("socket", net.connect(server:address().port, "127.0.0.1"), { "data", "end", "finish", "close" })
  socket:on("connect", function() socket:finish() end)
  socket:on("finish", function() p.log(socket.readyState, socket.readable, socket.writable) end)
  socket:on("data", function() p.log(socket.readyState, socket.destroyed) end)
  socket:on("end", function() p.log(socket.readyState, socket.destroyed) end)
  socket:on("close", function() server:close() end)
end)
