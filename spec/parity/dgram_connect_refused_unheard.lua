-- the same with nobody who listens to 'error': the program ends
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "connect", "close" })
process.on("exit", function(code) p.log("exit", code) end)
socket:connect(1, "127.0.0.1", function() socket:send("x", function(err, bytes) p.log("sent", err, bytes) end) end)
