-- events.lua - the module events: https://nodejs.org/api/events.html. It is not the class: events.once(emitter, event)
-- waits, emitter:once(event, listener) listens. All else of the class is the module's too.
local core = require "moonport.core"
local EventEmitter = require "moonport.emitter"
local waiting = require "moonport.waiting"

local events = {}
events.EventEmitter = events

-- A class that a script derives from the module instead of the class has the methods.
local function or_method(name, waiting_form)
  local method = EventEmitter[name]
  return function(emitter, ...)
    if type(emitter) == "table" and emitter[name] == events[name] then return method(emitter, ...) end
    return waiting_form(emitter, ...)
  end
end

--- events.once(emitter, event[, limit]) -> as emitter:wait. Waits.
events.once = or_method("once", waiting.wait)

--- for ... in events.on(emitter, event) do: as emitter:events. Waits.
events.on = or_method("on", waiting.events)

function events.new() return EventEmitter.new() end

--- @param name string? as errors and inspect show it
function events.extend(class, name) return EventEmitter.extend(class ~= events and class or EventEmitter, name) end

return setmetatable(events, {
  __call = function() return EventEmitter.new() end,
  __index = function(_, key)
    if key == "defaultMaxListeners" then return core.default_max_listeners() end
    return EventEmitter[key]
  end,
  __newindex = function(_, key, value)
    if key == "defaultMaxListeners" then core.default_max_listeners(value)
    else EventEmitter[key] = value end
  end,
})
