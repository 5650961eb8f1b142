-- a signal that was aborted before: the socket is closed from the start
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket({ type = "udp4", signal = AbortSignal.abort() }, function() p.log("message") end)
p.trace("socket", socket, { "listening", "error", "close" })
p.log("created", socket.type)
p.attempt("bind", function() return socket:bind(0) end)
p.attempt("send", function() return socket:send("x", 1) end)
p.attempt("close", function() return socket:close() end)
process.nextTick(function() p.log("tick") end)
