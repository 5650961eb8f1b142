-- emit walks the list it found: who is removed still hears it, who is added does not
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local late = function() p.log("late") end
local last = function() p.log("last") end
emitter:on("x", function()
  p.log("first")
  emitter:off("x", last)
  emitter:on("x", late)
  emitter:prependListener("x", late)
end)
emitter:on("x", function() p.log("middle", emitter:listenerCount("x")) end)
emitter:on("x", last)
emitter:emit("x")
p.log(emitter:listenerCount("x"), emitter:listeners("x")[1] == late)
emitter:removeAllListeners("x")
emitter:on("x", function() emitter:removeAllListeners() end)
emitter:on("x", function() p.log("still called", emitter:listenerCount("x")) end)
p.log(emitter:emit("x"), emitter:emit("x"))
