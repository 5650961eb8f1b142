-- close() of a socket that was never bound; what is no function is no callback
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp6"), { "listening", "error", "close" })
p.log(socket:close("now") == socket, socket:listenerCount("close"), socket.type)
local other = dgram.createSocket("udp4")
other:close(function() p.log("callback") end)
