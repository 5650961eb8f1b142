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
Buffer = require("buffer").Buffer

---@class stringlib
local string = {}

--- A string of bytes as text: the same as Buffer.toString, for `data:toString("hex")`.
--- [Node](https://nodejs.org/api/buffer.html#buftostringencoding-start-end)
---@param bytes string
---@param encoding? string (utf8)
---@param first? integer where to begin (0)
---@param last? integer where to end, excluded (#bytes)
---@return string
function string.toString(bytes, encoding, first, last) end
