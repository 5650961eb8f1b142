-- read(n): exactly n bytes, or nil while there are fewer; the rest once the end has come
local net = require "net"
local p = require "prelude"

local socket
local function later()
  p.log("ended", socket.readableLength, socket:read(8), socket.readableLength)
  p.log(socket:read(), socket:read(1))
end
local server = net.createServer(function(peer)
  peer:write("abcdefghij")
  peer:on("data", function() peer:finish(function() setTimeout(function() setTimeout(later, 10) end, 10) end) end)
end)
server:listen(0, "127.0.0.1", function()
  socket = net.connect(server:address().port, "127.0.0.1")
  socket:once("readable", function()
    p.log(socket:read(0), socket.readableLength)
    p.log(socket:read(3), socket.readableLength)
    p.log(socket:read(4), socket.readableLength)
    p.log(socket:read(8), socket.readableLength)
    p.log(socket:read(1), socket.readableLength)
    socket:write("end, please")
  end)
  p.trace("socket", socket, { "end", "close" })
  socket:on("close", function() server:close() end)
end)
