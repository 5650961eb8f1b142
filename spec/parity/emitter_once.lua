-- once: removed before the call, so a nested emit does not call it again; off() with the original function
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
emitter:once("x", function(depth)
  p.log("once", depth, emitter:listenerCount("x"))
  p.log("nested", emitter:emit("x", depth + 1))
end)
p.log(emitter:emit("x", 1), emitter:emit("x", 2))
local listener = function() p.log("never") end
emitter:once("y", listener)
p.log(emitter:listeners("y")[1] == listener, emitter:listenerCount("y", listener))
emitter:off("y", listener)
p.log(emitter:emit("y"), emitter:listenerCount("y"))
emitter:once("z", listener):once("z", function() emitter:off("z", listener) end):off("z", listener)
p.log(emitter:emit("z"))
emitter:on("w", function() emitter:off("w", listener) end):once("w", function() p.log("w") end)
emitter:once("w", function() emitter:emit("w") end):once("w", function() p.log("last") end)
p.log(emitter:emit("w"), emitter:listenerCount("w"))
