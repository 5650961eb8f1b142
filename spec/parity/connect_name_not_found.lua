-- a name that does not exist (an empty label: no name server is asked)
local net = require "net"
local p = require "prelude"

local socket = net.connect({ port = 8080, host = "no..name" }, function() p.log("never") end)
p.trace("socket", socket, { "lookup", "connectionAttempt", "error", "close" })
socket:on("error", function(err) p.log(err.code, err.errno, err.syscall, err.hostname, socket.readyState) end)
p.log("connect returned", socket.connecting, socket.readyState)
