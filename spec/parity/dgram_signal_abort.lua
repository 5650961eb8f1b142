-- abort() closes, without an 'error'; once more, or after close(), it does nothing
local dgram = require "dgram"
local p = require "prelude"

local controller = AbortController()
local socket = p.trace("socket", dgram.createSocket({ type = "udp4", signal = controller.signal }), { "listening", "error", "close" })
socket:bind(0, "127.0.0.1", function()
  process.nextTick(function() p.log("tick before") end)
  controller:abort()
  p.attempt("address", function() return socket:address() end)
  process.nextTick(function() p.log("tick after") end)
  controller:abort()
  local second = AbortController()
  local other = p.trace("other", dgram.createSocket({ type = "udp4", signal = second.signal }), { "error", "close" })
  other:close()
  p.attempt("closed", function() second:abort() end)
  other:on("close", function() p.attempt("closed long ago", function() second:abort() end) end)
end)
