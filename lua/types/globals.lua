---@meta _

-- What scripts of the executable find without require; other hosts ask for it: MOONPORT_GLOBALS, moonport.globals().
-- Error, TypeError and RangeError are in errors.lua, AbortController and AbortSignal in abort.lua.

setTimeout = require("timers").setTimeout
setInterval = require("timers").setInterval
setImmediate = require("timers").setImmediate
clearTimeout = require("timers").clearTimeout
clearInterval = require("timers").clearInterval
clearImmediate = require("timers").clearImmediate
process = require "process"
console = require "console"
