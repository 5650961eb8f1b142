-- close() behind bind(): 'close' alone
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
socket:bind(0, function() p.log("never") end)
process.nextTick(function() p.log("tick before") end)
p.log(socket:close(function() p.log("callback") end) == socket)
process.nextTick(function() p.log("tick after") end)
p.attempt("address", function() return socket:address() end)
