-- the option signal must be an AbortSignal
local dgram = require "dgram"
local p = require "prelude"

for _, signal in ipairs({ 5, "abort", true, false }) do
  p.attempt(tostring(signal), function() return dgram.createSocket({ type = "udp4", signal = signal }) end)
end
p.attempt("object", function() return dgram.createSocket({ type = "udp4", signal = {} }) end)
p.attempt("controller", function() return dgram.createSocket({ type = "udp4", signal = AbortController() }) end)
p.attempt("signal", function() return dgram.createSocket({ type = "udp4", signal = AbortController().signal }).type end)
