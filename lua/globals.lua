-- globals.lua - Node's globals, for hosts that want them. Returns a function: requiring it changes nothing.
local core = require "moonport.core"

return function()
  local timers = require "moonport.timers"
  for _, name in ipairs { "setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate" } do
    _G[name] = timers[name]
  end
  for _, name in ipairs { "Error", "TypeError", "RangeError" } do
    _G[name] = core.errors[name]
  end
  local abort = require "moonport.abort"
  AbortController = abort.AbortController
  AbortSignal = abort.AbortSignal
  -- what blocks the loop lets joined writes go first
  for name, library in pairs { execute = os, popen = io } do
    local blocking = library[name]
    library[name] = function(...)
      core.process.flush()
      return blocking(...)
    end
  end
  process = require "moonport.process"
  console = require "moonport.console"
end
