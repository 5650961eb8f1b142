-- what a 'connection' listener finds: the server, both addresses, an open socket; own fields stay
local net = require "net"
local p = require "prelude"

local client
local server = net.createServer()
server.name = "front"
p.log(server.name, server.nothing)
server:on("connection", function(socket)
  p.log(socket.server == server, socket.server.name)
  p.log(socket.connecting, socket.pending, socket.destroyed, socket.readyState)
  p.log(socket.remotePort == client.localPort, socket.localPort == server:address().port)
  p.log(socket.bytesRead, socket.bytesWritten, socket.timeout, socket.allowHalfOpen)
  socket.id = 7
  socket:on("close", function() p.log("close", socket.id, socket.destroyed, socket.readyState) end)
  socket:destroy()
  server:close()
end)
server:listen(0, "127.0.0.1", function()
  client = net.connect(server:address().port, "127.0.0.1"):resume()
end)
