-- emitter.lua - the class EventEmitter, which scripts extend. The methods are bindings/emitter_methods.c's; those that wait
-- are added by waiting.lua.
local core = require "moonport.core"

--- @class EventEmitter a table that scripts call or extend; our userdata share its methods
local EventEmitter = core.emitter
EventEmitter.__index = EventEmitter
EventEmitter.__name = "EventEmitter"

--- A key whose listeners see every 'error' first, without counting as its handlers.
EventEmitter.errorMonitor = core.error_monitor

--- A new emitter; also EventEmitter().
--- @return EventEmitter
function EventEmitter.new(class)
  return setmetatable({}, class or EventEmitter)
end

--- A class of its own: its instances inherit what is set in it. Call it to make one; `init(self, ...)` is called if
--- it has one.
--- @param name string? as errors and inspect show it
function EventEmitter:extend(name)
  local class = setmetatable({ __name = name or self.__name, super = self }, {
    __index = self,
    __call = function(class, ...)
      local object = setmetatable({}, class)
      if class.init then class.init(object, ...) end
      return object
    end,
  })
  class.__index = class
  return class
end

-- Whoever never waits need not load what waits.
function EventEmitter:wait(event, limit) return require "moonport.waiting".wait(self, event, limit) end
function EventEmitter:events(event, limit) return require "moonport.waiting".events(self, event, limit) end

return setmetatable(EventEmitter, { __call = function(class) return setmetatable({}, class) end })
