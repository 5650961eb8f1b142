-- the options of a server, readable on it, and what its sockets inherit
local net = require "net"
local p = require "prelude"

local plain = net.createServer()
p.log(plain.allowHalfOpen, plain.pauseOnConnect, plain.noDelay, plain.keepAlive, plain.keepAliveInitialDelay)
p.log(plain.highWaterMark, net.createServer({ highWaterMark = -1 }).highWaterMark)
local options = { allowHalfOpen = true, noDelay = true, keepAlive = true, keepAliveInitialDelay = 2500, highWaterMark = 512 }
local server; server = net.createServer(options, function(socket)
  p.log(socket.allowHalfOpen, socket.readableHighWaterMark, socket.writableHighWaterMark)
  socket:destroy()
  server:close()
end)
p.log(server.allowHalfOpen, server.noDelay, server.keepAlive, server.keepAliveInitialDelay, server.highWaterMark)
p.log(net.createServer({ keepAliveInitialDelay = -5 }).keepAliveInitialDelay)
server:listen(0, "127.0.0.1", function() net.connect(server:address().port, "127.0.0.1"):resume() end)
