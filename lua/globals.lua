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
  process = require "moonport.process"
  console = require "moonport.console"
end
