-- createSocket(): what is a type and what is none
local dgram = require "dgram"
local p = require "prelude"

for _, type in ipairs({ "udp4", "udp6" }) do
  p.attempt(type, function() return dgram.createSocket(type).type end)
  p.attempt("options", function() return dgram.createSocket({ type = type }).type end)
  p.attempt("class", function() return dgram.Socket(type).type end)
end
p.attempt("nothing", function() return dgram.createSocket() end)
for _, type in ipairs({ "udp", "UDP4", "udp4 ", "", "tcp4", 4, true, false }) do
  p.attempt(tostring(type), function() return dgram.createSocket(type) end)
end
p.attempt("function", function() return dgram.createSocket(function() end) end)
p.attempt("no options", function() return dgram.createSocket({}) end)
p.attempt("other options", function() return dgram.createSocket({ family = 4, reuseAddr = true }) end)
p.attempt("type number", function() return dgram.createSocket({ type = 4 }) end)
p.attempt("type word", function() return dgram.createSocket({ type = "unix_dgram" }) end)
p.attempt("type true", function() return dgram.createSocket({ type = true }) end)
