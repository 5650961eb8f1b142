-- send() while connect() waits: it has no peer yet, and wants a port
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
socket:connect(9, "127.0.0.1", function()
  p.attempt("now", function() return socket:send("x", 9) end)
  socket:close()
end)
p.attempt("message", function() return socket:send("x") end)
p.attempt("message, callback", function() return socket:send("x", function() p.log("never") end) end)
p.attempt("offset, length", function() return socket:send("x", 0, 1) end)
p.attempt("remoteAddress", function() return socket:remoteAddress() end)
