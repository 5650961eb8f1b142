-- close() behind connect() waits until the socket is bound; 'connect' never comes
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
socket:connect(1, "127.0.0.1", function() p.log("never") end)
p.log(socket:close(function() p.log("callback") end) == socket)
process.nextTick(function() p.log("tick") end)
