-- 'removeListener' comes after the removal, with the function itself; a once listener goes before it is called
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local first = function() p.log("first") end
local second = function() p.log("second") end
emitter:on("removeListener", function(event, gone)
  p.log("removed", event, gone == first and "first" or gone == second and "second" or "other", emitter:listenerCount(event))
end)
emitter:once("alone", second)
emitter:emit("alone")
emitter:on("x", first):on("x", second):on("x", first)
emitter:off("x", first)
emitter:off("x", second)
emitter:emit("x")
emitter:off("x", first)
emitter:off("x", first)
local gone = function() p.log("never") end
emitter:on("removeListener", gone)
emitter:off("removeListener", gone)
emitter:prependOnceListener("y", first)
emitter:off("y", first)
p.log(emitter:eventNames())
