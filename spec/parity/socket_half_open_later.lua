-- allowHalfOpen can be set on a living socket, before the peer's end
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:once("data", function() peer:finish("bye") end) end)
server:listen(0, "127.0.0.1", function()
  local socket = p.trace("socket", net.connect(server:address().port, "127.0.0.1"), { "data", "end", "finish", "close" })
  socket:on("connect", function()
    p.log(socket.allowHalfOpen)
    socket.allowHalfOpen = true
    p.log(socket.allowHalfOpen)
    socket:write("go")
  end)
  socket:on("end", function() setTimeout(function()
    p.log(socket.readyState, socket.destroyed)
    socket:finish()
  end, 10) end)
  socket:on("close", function() server:close() end)
end)
