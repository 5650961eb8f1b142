-- connect to a Unix socket: 'connectionAttempt' comes inside connect(), there are no addresses
local net = require "net"
local p = require "prelude"

local path = p.tmp("PIPE")
local server = net.createServer(function(peer) peer:finish("hello") end)
server:listen(path, function()
  local socket = net.Socket()
  socket:on("connectionAttempt", function(address) p.log("connectionAttempt", address, socket.connecting) end)
  socket:on("lookup", function() p.log("never") end)
  socket:on("connect", function() p.log("connect", socket.connecting, socket.remoteAddress, socket.remotePort, socket.remoteFamily) end)
  socket:on("ready", function() p.log("ready", socket.localAddress, socket.localPort, socket:address()) end)
  socket:on("data", function(chunk) p.log("data", chunk) end)
  socket:on("close", function(hadError)
    p.log("close", hadError)
    server:close()
  end)
  socket:connect(path, function() p.log("callback") end)
  p.log("connect returned", socket.connecting, socket.readyState)
end)
