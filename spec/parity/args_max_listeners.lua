-- setMaxListeners(): bounds, returns the emitter, the default for all
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
p.log(emitter:getMaxListeners(), EventEmitter.defaultMaxListeners)
p.attempt("negative", function() return emitter:setMaxListeners(-1) end)
p.attempt("string", function() return emitter:setMaxListeners("x") end)
p.attempt("nothing", function() return emitter:setMaxListeners() end)
p.log(emitter:setMaxListeners(3) == emitter, emitter:getMaxListeners())
p.log(emitter:setMaxListeners(0):getMaxListeners())
EventEmitter.defaultMaxListeners = 20
p.log(EventEmitter():getMaxListeners(), emitter:getMaxListeners())
p.attempt("default", function() EventEmitter.defaultMaxListeners = -1 end)
p.log(EventEmitter.defaultMaxListeners)
