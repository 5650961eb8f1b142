-- setEncoding after bytes were buffered: they are decoded too; without an argument it is utf8
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:write("e282ac61", "hex")
  peer:on("data", function() peer:finish("62", "hex") end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:once("readable", function()
    p.log(socket.readableLength, socket.readableEncoding)
    p.log(socket:setEncoding(), socket.readableEncoding)
    p.log(socket:read())
    socket:setEncoding("hex")
    p.log(socket.readableEncoding)
    socket:on("data", function(chunk) p.log("data", chunk) end)
    socket:write("go on")
  end)
  socket:on("close", function() server:close() end)
end)
