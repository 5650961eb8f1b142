-- abort() while bind() waits: 'close' alone
local dgram = require "dgram"
local p = require "prelude"

local controller = AbortController()
local socket = p.trace("socket", dgram.createSocket({ type = "udp4", signal = controller.signal }), { "listening", "error", "close" })
socket:bind(0, function() p.log("never") end)
process.nextTick(function() p.log("tick") end)
controller:abort(Error("a reason"))
p.attempt("address", function() return socket:address() end)
