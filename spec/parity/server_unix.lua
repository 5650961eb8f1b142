-- a server on a Unix path: address() is the path, sockets have no addresses, close() removes the file
local net = require "net"
local p = require "prelude"

local path = p.tmp("unix.sock")
local server = p.trace("server", net.createServer(), { "listening", "close", "error" })
server:on("connection", function(socket)
  p.log(socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.localAddress, socket.localPort)
  p.log(socket.server == server, socket.readyState)
  socket:on("data", function(chunk) p.log("data", chunk) end)
  socket:on("close", function() server:close() end)
end)
server:listen(path)
p.log(server.listening, server:address())
server:once("listening", function() net.connect(path):resume():finish("over unix") end)
server:once("close", function()
  p.log(server.listening)
  server:removeAllListeners("close"):listen(path, function() server:close(function() p.log("the file was gone") end) end)
end)
