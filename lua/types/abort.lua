---@meta _

--- Aborts what was given its signal. Call it to make one: `local controller = AbortController()`.
--- [Node](https://nodejs.org/api/globals.html#class-abortcontroller)
---@class AbortController
---@overload fun(): AbortController
---@field signal AbortSignal
AbortController = {}

--- Aborts the signal; a second time does nothing.
--- [Node](https://nodejs.org/api/globals.html#abortcontrollerabortreason)
---@param reason? any default: an AbortError with the code ABORT_ERR
function AbortController:abort(reason) end

--- Tells once that something is to stop. Sockets, servers and listen() take one as their option `signal`.
--- [Node](https://nodejs.org/api/globals.html#class-abortsignal)
---
--- Event: `"abort"` ({ type = "abort", target = signal })
---@class AbortSignal: EventEmitter
---@field aborted boolean
---@field reason? any why it was aborted
AbortSignal = {}

--- A signal that is aborted already. [Node](https://nodejs.org/api/globals.html#static-method-abortsignalabortreason)
---@param reason? any default: an AbortError
---@return AbortSignal
function AbortSignal.abort(reason) end

--- A signal that aborts by itself, with a TimeoutError; it does not keep the loop alive.
--- Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- [Node](https://nodejs.org/api/globals.html#static-method-abortsignaltimeoutdelay)
---@param ms number milliseconds, 0 to 4294967295
---@return AbortSignal
function AbortSignal.timeout(ms) end

--- A signal that aborts with the first of several, for its reason. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/globals.html#static-method-abortsignalanysignals)
---@param signals AbortSignal[]
---@return AbortSignal
function AbortSignal.any(signals) end

--- Raises the reason if the signal is aborted.
--- [Node](https://nodejs.org/api/globals.html#abortsignalthrowifaborted)
function AbortSignal:throwIfAborted() end

--- The DOM's spelling of `on`.
---@param event string
---@param listener fun(event: table)
function AbortSignal:addEventListener(event, listener) end

--- The DOM's spelling of `off`.
---@param event string
---@param listener fun(event: table)
function AbortSignal:removeEventListener(event, listener) end
