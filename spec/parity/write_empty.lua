-- write(''): true, its callback is called, nothing is sent
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:on("data", function(chunk) p.log("server heard", chunk) end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket:write("", function() p.log("first") end), socket.writableLength, socket.writableNeedDrain)
  socket:on("ready", function() setImmediate(function()
    p.log(socket:write("", function() p.log("second") end), socket.writableLength, socket.bytesWritten)
    p.log(socket:write("", "hex", function()
      p.log("third")
      socket:finish("end")
    end))
  end) end)
  socket:on("drain", function() p.log("never") end)
  socket:on("close", function() server:close() end)
end)
