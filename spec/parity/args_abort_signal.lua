-- AbortSignal.any and timeout: what they refuse
local p = require "prelude"

p.attempt("any, nothing in it", function() return AbortSignal.any({}).aborted end)
p.attempt("any, a number inside", function() return AbortSignal.any({ AbortController().signal, 5 }) end)
p.attempt("timeout, string", function() return AbortSignal.timeout("x") end)
p.attempt("timeout, negative", function() return AbortSignal.timeout(-1) end)
p.attempt("timeout, nothing", function() return AbortSignal.timeout() end)
