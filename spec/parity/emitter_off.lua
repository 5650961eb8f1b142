-- off: one instance, the one added last; unknown listeners and events are no matter
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local twice = function() p.log("twice") end
local other = function() p.log("other") end
emitter:on("x", twice):on("x", other):on("x", twice)
p.log(emitter:listenerCount("x"), emitter:listenerCount("x", twice))
p.log(emitter:off("x", twice) == emitter)
emitter:emit("x")
emitter:removeListener("x", twice)
emitter:emit("x")
emitter:off("x", twice):off("nothing", twice)
p.log(emitter:listenerCount("x"), emitter:listenerCount("nothing"))
emitter:off("x", other)
p.log(emitter:emit("x"), #emitter:eventNames())
emitter:on("x", twice):once("x", twice):on("x", other)
emitter:off("x", twice)
emitter:emit("x")
p.log(emitter:emit("x"), emitter:listenerCount("x"))
