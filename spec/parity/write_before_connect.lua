-- writes and the end before the connection are queued and go out in order; 'finish' waits
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.Socket()
  p.trace("socket", socket, { "connect", "drain", "prefinish", "finish", "end", "close" })
  socket:connect(server:address().port, "127.0.0.1")
  p.log(socket:write("one ", function() p.log("one") end), socket:write("two ", function() p.log("two") end))
  p.log(socket:finish("three", function() p.log("end") end))
  p.log(socket.writable, socket.writableEnded, socket.writableFinished, socket.writableLength, socket.readyState)
  socket:resume():on("close", function() server:close(function() p.log("server heard", heard) end) end)
end)
