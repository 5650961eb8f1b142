-- a high-water mark of the socket's own: for what write() returns and for nothing else
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.Socket({ writableHighWaterMark = 4 })
  socket:connect(server:address().port, "127.0.0.1")
  p.log(socket.writableHighWaterMark, socket.readableHighWaterMark)
  p.log(socket:write("123"), socket:write("4"), socket:write("5"), socket.writableLength)
  socket:once("drain", function()
    p.log("drain", socket.writableLength)
    p.log(socket:write("123456"), socket.writableLength, socket.writableNeedDrain)
    socket:cork()
    p.log(socket:write("789"), socket:write("0"), socket.writableNeedDrain)
    socket:once("drain", function()
      p.log("drain", socket.writableLength)
      socket:finish()
    end)
    setImmediate(function() socket:uncork() end)
  end)
  socket:on("close", function() server:close(function() p.log("heard", heard) end) end)
end)
