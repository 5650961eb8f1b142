-- addresses that send() refuses: no socket is bound by it
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error" })
for _, address in ipairs({ 5, 0, true, false, 1.5 }) do
  p.attempt(tostring(address), function() return socket:send("x", 1, address) end)
  p.attempt("with callback", function() return socket:send("x", 1, address, function() p.log("never") end) end)
end
for _, address in ipairs({ 5, true }) do p.attempt("with length", function() return socket:send("x", 0, 1, 1, address) end) end
p.attempt("object", function() return socket:send("x", 1, {}) end)
p.attempt("array", function() return socket:send("x", 1, { "127.0.0.1" }) end)
p.attempt("object, with length", function() return socket:send("x", 0, 1, 1, {}, function() p.log("never") end) end)
p.attempt("port first", function() return socket:send("x", 0, 5) end)
p.attempt("message first", function() return socket:send(5, 0, 5) end)
p.attempt("address", function() return socket:address() end)
