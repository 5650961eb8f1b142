-- removeAllListeners: last in first out, 'removeListener' for each if somebody listens to it, that one last
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local names = {}
local listener = function(name)
  local f = function() p.log("called", name) end
  names[f] = name
  return f
end
emitter:on("x", listener("x1")):on("x", listener("x2")):on("x", listener("x3"))
emitter:on("y", listener("y1")):on("y", listener("y2"))
emitter:on("removeListener", function(event, gone) p.log("removed", event, names[gone], emitter:listenerCount(event)) end)
p.log(emitter:removeAllListeners("x") == emitter, emitter:emit("x"))
emitter:removeAllListeners("nothing")
emitter:on("x", listener("x4")):on("z", listener("z1"))
emitter:removeAllListeners()
p.log(#emitter:eventNames(), emitter:listenerCount("removeListener"))
emitter:on("x", listener("x5")):removeAllListeners()
p.log(emitter:emit("x"))
