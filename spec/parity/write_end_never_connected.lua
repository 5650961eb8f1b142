-- end() on a socket that never connected
local net = require "net"
local p = require "prelude"

local socket = net.Socket()
socket:on("error", function(err) p.log("error", err) end)
socket:on("prefinish", function() p.log("prefinish") end)
socket:on("finish", function() p.log("finish") end)
socket:on("end", function() p.log("end") end)
socket:on("close", function() p.log("close", socket.destroyed) end)
p.log("returns", socket:finish(function(err) p.log("callback", err) end))
p.log(socket.destroyed, socket.writable, socket.writableEnded, socket.readyState)
setTimeout(function() p.log(socket.destroyed, socket.readyState, socket.writableFinished) end, 10)
