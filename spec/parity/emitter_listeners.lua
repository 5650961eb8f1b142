-- listeners() and rawListeners() are copies; a raw once listener can be called and is gone then
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local plain = function(a) p.log("plain", a) end
local once = function(a) p.log("once", a) end
emitter:on("x", plain):once("x", once)
local list = emitter:listeners("x")
p.log(#list, list[1] == plain, list[2] == once)
table.remove(list)
p.log(emitter:listenerCount("x"), #emitter:listeners("nothing"), #emitter:rawListeners("nothing"))
local raw = emitter:rawListeners("x")
p.log(#raw, raw[1] == plain, raw[2] == once)
raw[2]("by hand")
p.log(emitter:listenerCount("x"))
raw[2]("again")
emitter:emit("x", "emitted")
