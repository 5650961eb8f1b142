-- AbortController: once and at once, with a reason; listeners after the abort hear nothing
local p = require "prelude"

local controller = AbortController()
local signal = controller.signal
p.log(signal.aborted, signal.reason, signal == controller.signal)
signal:on("abort", function() p.log("abort", signal.aborted, signal.reason) end)
signal:on("abort", function() p.log("abort, second") end)
p.log("before")
p.log((controller:abort("because")))
p.log("after", signal.aborted, signal.reason)
controller:abort("again")
p.log(signal.reason)
signal:on("abort", function() p.log("never") end)
local plain = AbortController()
plain:abort()
p.log(plain.signal.reason.name, plain.signal.reason.message)
