-- a listener that throws ends the emit: the rest is not called, the error reaches the caller of emit
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
emitter:on("x", function() p.log("first") end)
emitter:once("x", function() error(Error("in a listener")) end)
emitter:on("x", function() p.log("third") end)
p.attempt("emit", function() return emitter:emit("x") end)
p.attempt("again", function() return emitter:emit("x") end)
emitter:on("outer", function() emitter:emit("inner") end)
emitter:on("outer", function() p.log("not called") end)
emitter:on("inner", function() error(TypeError("from within")) end)
p.attempt("nested", function() return emitter:emit("outer") end)
emitter:on("newListener", function() error(RangeError("no more")) end)
p.attempt("on", function() return emitter:on("y", function() end) end)
p.log(emitter:listenerCount("y"))
