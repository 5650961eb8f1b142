-- eventNames(): in the order of the first listener; an event without listeners is gone; listenerCount(event, f)
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local f = function() end
local g = function() end
p.log(#emitter:eventNames())
emitter:on("c", f):on("a", f):once("b", f):on("a", g)
p.log(emitter:eventNames())
emitter:off("a", f)
p.log(emitter:eventNames())
emitter:off("a", g)
p.log(emitter:eventNames())
emitter:on("a", f)
p.log(emitter:eventNames())
emitter:emit("b")
p.log(emitter:eventNames())
emitter:on("a", f):once("a", f):on("a", g)
p.log(emitter:listenerCount("a"), emitter:listenerCount("a", f), emitter:listenerCount("a", g), emitter:listenerCount("a", p.log))
p.log(emitter:listenerCount("nothing"), emitter:listenerCount("nothing", f))
