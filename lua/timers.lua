-- timers.lua - the module timers: https://nodejs.org/api/timers.html. The work is bindings/timer.c's and
-- immediate.c's.
local core = require "moonport.core"
local native, immediates = core.timers, core.immediates

local timers = {
  setTimeout = native.setTimeout,
  setInterval = native.setInterval,
  setImmediate = immediates.setImmediate,
  clearTimeout = native.clearTimeout,
  clearInterval = native.clearInterval,
  clearImmediate = immediates.clearImmediate,
}

--- Lets the immediate keep the loop alive, as it does from the start.
function immediates.Immediate.ref(immediate) return immediates.set_ref(immediate, true) end

--- Lets the loop end although the immediate has not run.
function immediates.Immediate.unref(immediate) return immediates.set_ref(immediate, false) end

--- Clears the immediate; Node has this as Symbol.dispose, and so do we: `local immediate <close> = setImmediate(f)`.
function immediates.Immediate.close(immediate)
  immediates.set_ref(immediate, false) -- raises for what is no immediate
  immediates.clearImmediate(immediate)
  return immediate
end

return timers
