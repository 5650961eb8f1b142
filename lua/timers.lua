-- timers.lua - the module timers: https://nodejs.org/api/timers.html. The work is bindings/timer.c's.
local core = require "moonport.core"
local native = core.timers

local timers = {
  setTimeout = native.setTimeout,
  setInterval = native.setInterval,
  setImmediate = native.setImmediate,
  clearTimeout = native.clearTimeout,
  clearInterval = native.clearInterval,
  clearImmediate = native.clearImmediate,
}

--- Lets the immediate keep the loop alive, as it does from the start.
function native.Immediate.ref(immediate) return native.immediate_set_ref(immediate, true) end

--- Lets the loop end although the immediate has not run.
function native.Immediate.unref(immediate) return native.immediate_set_ref(immediate, false) end

return timers
