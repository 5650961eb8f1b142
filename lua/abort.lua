-- abort.lua - AbortController and AbortSignal: https://nodejs.org/api/globals.html#class-abortcontroller
local core = require "moonport.core"
local errors = core.errors
local EventEmitter = require "moonport.emitter"

--- @class AbortSignal: EventEmitter emits 'abort' once
--- @field aborted boolean
--- @field reason any
local AbortSignal = EventEmitter:extend("AbortSignal")
local AbortController = { __name = "AbortController" }
AbortController.__index = AbortController

local function abort_error()
  return errors.make("AbortError", "ABORT_ERR", "This operation was aborted")
end

local function new_signal()
  return setmetatable({ aborted = false }, AbortSignal)
end

local function abort(signal, reason)
  if signal.aborted then return end
  signal.aborted = true
  signal.reason = reason == nil and abort_error() or reason
  signal:emit("abort", { type = "abort", target = signal })
end

--- Raises the reason if the signal is aborted.
function AbortSignal:throwIfAborted()
  if self.aborted then error(self.reason, 0) end
end

--- The DOM's spelling of on and off.
function AbortSignal:addEventListener(name, listener) self:on(name, listener) end
function AbortSignal:removeEventListener(name, listener) self:off(name, listener) end

--- A signal that is aborted already.
--- @param reason any? default: an AbortError
function AbortSignal.abort(reason)
  local signal = new_signal()
  abort(signal, reason)
  return signal
end

--- A signal that aborts after ms milliseconds with a TimeoutError; it does not keep the loop alive.
--- @param ms number
function AbortSignal.timeout(ms)
  if type(ms) ~= "number" then errors.raise_type("delay", "of type number", ms) end
  if not (ms >= 0 and ms <= 4294967295) then errors.raise_range("delay", ">= 0 && <= 4294967295", ms) end
  local signal = new_signal()
  local timer = core.timers.setTimeout(function()
    abort(signal, errors.make("TimeoutError", "ABORT_ERR", "The operation was aborted due to timeout"))
  end, ms)
  timer:unref()
  return signal
end

--- Checks an option `signal`.
--- @param label string? as the error calls it
local function check(signal, label)
  if getmetatable(signal) ~= AbortSignal then
    errors.raise_type(label or "signal", "an instance of AbortSignal", signal)
  end
end

core.check_signal = check -- for those who take signals, and do not make any

--- A signal that aborts with the first of several.
--- @param signals AbortSignal[]
function AbortSignal.any(signals)
  if type(signals) ~= "table" then errors.raise_type("signals", "an instance of table", signals) end
  for i, signal in ipairs(signals) do check(signal, ("signals[%d]"):format(i - 1)) end -- Node's numbers
  local any = new_signal()
  for _, signal in ipairs(signals) do
    if signal.aborted then
      abort(any, signal.reason)
      return any
    end
  end
  local function follow(event) abort(any, event.target.reason) end
  for _, signal in ipairs(signals) do signal:once("abort", follow) end
  return any
end

--- @class AbortController
--- @field signal AbortSignal
--- Aborts the controller's signal; again: nothing.
function AbortController:abort(reason) abort(self.signal, reason) end

setmetatable(AbortController, {
  __call = function() return setmetatable({ signal = new_signal() }, AbortController) end,
})

--- Destroys a stream with an AbortError when the signal aborts; when it has, at once or by tick.
local function destroys(signal, stream, by_tick)
  local function on_abort()
    local err = errors.make("AbortError", "ABORT_ERR", "The operation was aborted")
    err.cause = signal.reason
    stream:destroy(err)
  end
  if signal.aborted then
    if by_tick then core.process.next_tick(on_abort) else on_abort() end
  else
    signal:once("abort", on_abort)
    stream:once("close", function() signal:off("abort", on_abort) end)
  end
end

return { AbortController = AbortController, AbortSignal = AbortSignal, check = check, destroys = destroys }
