-- what write() returns: whether what the kernel did not take is below the high-water mark
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket:write(("x"):rep(65534)), socket.writableLength, socket.writableNeedDrain)
  p.log(socket:write("x"), socket.writableLength, socket.writableNeedDrain)
  p.log(socket:write("x"), socket.writableLength, socket.writableNeedDrain)
  p.log(socket:write("x"), socket.writableLength, socket.bufferSize, socket.writableNeedDrain)
  socket:once("drain", function()
    p.log("drain", socket.writableLength, socket.writableNeedDrain)
    p.log(socket:write("small"), socket.writableLength)
    p.log(socket:write(("x"):rep(65536)), socket.writableLength, socket.writableNeedDrain)
    socket:finish()
  end)
  socket:on("close", function() server:close() end)
end)
