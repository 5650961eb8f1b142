-- AbortSignal.timeout does not keep the program alive
local p = require "prelude"

local signal = AbortSignal.timeout(5000)
signal:on("abort", function() p.log("never") end)
process.on("exit", function(code) p.log("exit", code, signal.aborted) end)
