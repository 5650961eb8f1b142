-- limit.lua - how long a wait may take: nil, ms, or { timeout = ms, signal = AbortSignal }. Returns
-- limited(limit, f, ...), which calls f(ms, ...) so that an abort ends the wait of this task with nil, AbortError; it is
-- checked before, also where nothing has to be waited for.
local core = require "moonport.core"
local errors = core.errors

local function aborted(signal)
  local err = errors.make("AbortError", "ABORT_ERR", "The operation was aborted")
  err.cause = signal.reason
  return err
end

local function check_ms(ms)
  if ms == nil then return end
  if type(ms) ~= "number" then errors.raise_type("timeout", "of type number", ms) end
  if ms < 0 or ms ~= ms then errors.raise_range("timeout", "a non-negative number", ms) end
end

local function limited(limit, f, ...)
  if type(limit) ~= "table" then
    check_ms(limit)
    return f(limit, ...)
  end
  check_ms(limit.timeout)
  local signal = limit.signal
  if signal == nil then return f(limit.timeout, ...) end
  if not core.check_signal then errors.raise_type("options.signal", "an instance of AbortSignal", signal) end
  core.check_signal(signal, "options.signal")
  if signal.aborted then return nil, aborted(signal) end
  local task = core.current_task()
  local function on_abort() core.task_abort(task, aborted(signal)) end
  signal:once("abort", on_abort)
  local _ <close> = setmetatable({}, { __close = function() signal:off("abort", on_abort) end })
  return f(limit.timeout, ...)
end

core.wait_set_limited(function(options, f, index, ...)
  return limited(options, function(ms, ...)
    local arguments = table.pack(...)
    arguments[index] = ms
    return f(table.unpack(arguments, 1, arguments.n))
  end, ...)
end)

return limited
