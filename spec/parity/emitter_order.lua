-- on, once, prependListener, prependOnceListener: who is called when; what the methods and emit return
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
p.log(emitter:emit("x"))
p.log(emitter:on("x", function(a, b) p.log("on", a, b) end) == emitter)
p.log(emitter:addListener("x", function() p.log("addListener") end) == emitter)
p.log(emitter:once("x", function(...) p.log("once", select("#", ...)) end) == emitter)
p.log(emitter:prependListener("x", function() p.log("prepended") end) == emitter)
p.log(emitter:prependOnceListener("x", function(a) p.log("prepended once", a) end) == emitter)
p.log(emitter:emit("x", 1, 2, 3), emitter:listenerCount("x"))
p.log(emitter:emit("x", nil, "second"), emitter:listenerCount("x"))
p.log(emitter:emit("y", 1))
