---@meta timers

--- Timers on the loop. All functions are globals too. [Node](https://nodejs.org/api/timers.html)
---@class timers
local timers = {}

--- A timer of setTimeout or setInterval. It keeps the loop alive until it has fired or is cleared, unless unref'd.
--- [Node](https://nodejs.org/api/timers.html#class-timeout)
---@class Timeout
local Timeout = {}

--- Lets the timer keep the loop alive, as it does from the start.
--- [Node](https://nodejs.org/api/timers.html#timeoutref)
---@return self
function Timeout:ref() end

--- Lets the loop end although the timer has not fired. [Node](https://nodejs.org/api/timers.html#timeoutunref)
---@return self
function Timeout:unref() end

--- Whether the timer keeps the loop alive. [Node](https://nodejs.org/api/timers.html#timeouthasref)
---@return boolean
function Timeout:hasRef() end

--- Begins the whole time anew, also when the timer has fired; not when it was cleared.
--- [Node](https://nodejs.org/api/timers.html#timeoutrefresh)
---@return self
function Timeout:refresh() end

--- Clears the timer. [Node](https://nodejs.org/api/timers.html#timeoutclose)
---@return self
function Timeout:close() end

--- What setImmediate made. It keeps the loop alive until it has run, unless unref'd.
--- [Node](https://nodejs.org/api/timers.html#class-immediate)
---@class Immediate
local Immediate = {}

--- Lets the immediate keep the loop alive, as it does from the start.
--- [Node](https://nodejs.org/api/timers.html#immediateref)
---@return self
function Immediate:ref() end

--- Lets the loop end although the immediate has not run. [Node](https://nodejs.org/api/timers.html#immediateunref)
---@return self
function Immediate:unref() end

--- Whether the immediate keeps the loop alive: not once it has run or is cleared.
--- [Node](https://nodejs.org/api/timers.html#immediatehasref)
---@return boolean
function Immediate:hasRef() end

--- Clears the immediate: what Node has as Symbol.dispose only.
--- [Node](https://nodejs.org/api/timers.html#immediatesymboldispose)
---@return self
function Immediate:close() end

--- Calls a function once, later. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/timers.html#settimeoutcallback-delay-args)
---@param callback fun(...: any)
---@param ms? number milliseconds, 1 to 2147483647; what is less, more or no number is 1
---@param ... any what the function gets
---@return Timeout
function timers.setTimeout(callback, ms, ...) end

--- Calls a function again and again. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/timers.html#setintervalcallback-delay-args)
---@param callback fun(...: any)
---@param ms? number milliseconds between two calls, as for setTimeout
---@param ... any what the function gets
---@return Timeout
function timers.setInterval(callback, ms, ...) end

--- Calls a function once when the loop has looked at its descriptors. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/timers.html#setimmediatecallback-args)
---@param callback fun(...: any)
---@param ... any what the function gets
---@return Immediate
function timers.setImmediate(callback, ...) end

--- Stops a timer; anything else is ignored. [Node](https://nodejs.org/api/timers.html#cleartimeouttimeout)
---@param timeout? Timeout
function timers.clearTimeout(timeout) end

--- The same as clearTimeout. [Node](https://nodejs.org/api/timers.html#clearintervaltimeout)
---@param timeout? Timeout
function timers.clearInterval(timeout) end

--- Stops an immediate; anything else is ignored. [Node](https://nodejs.org/api/timers.html#clearimmediateimmediate)
---@param immediate? Immediate
function timers.clearImmediate(immediate) end

return timers
