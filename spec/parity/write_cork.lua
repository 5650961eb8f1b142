-- cork() holds writes, uncork() sends them; corks are counted
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("ready", function() setImmediate(function()
    p.log(socket:cork(), socket.writableCorked, socket:cork(), socket.writableCorked)
    p.log(socket:write("one ", function() p.log("one") end), socket:write("two ", function() p.log("two") end))
    p.log(socket.writableLength, socket.writableNeedDrain)
    setTimeout(function()
      p.log("heard", heard, socket:uncork(), socket.writableCorked, socket.writableLength)
      socket:uncork()
      p.log(socket.writableCorked, socket.writableLength)
      socket:uncork()
      p.log(socket.writableCorked, socket:write("three", function() socket:finish() end))
    end, 10)
  end) end)
  socket:on("close", function() server:close(function() p.log("heard", heard) end) end)
end)
