-- no such Unix socket: the attempt inside connect(), the failure later
local net = require "net"
local p = require "prelude"

local path = p.tmp("PIPE")
local socket = net.Socket()
socket:on("connectionAttempt", function(address) p.log("connectionAttempt", address) end)
socket:on("connectionAttemptFailed", function(address, port, family, err) p.log("connectionAttemptFailed", address, port, family, err) end)
socket:on("error", function(err)
  p.log(err)
  p.log(err.code, err.errno, err.syscall, err.address, err.port, socket.readyState)
end)
socket:on("close", function(hadError) p.log("close", hadError) end)
socket:connect({ path = path })
p.log("connect returned", socket.connecting, socket.readyState)
process.nextTick(function() p.log("tick", socket.connecting) end)
