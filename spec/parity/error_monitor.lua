-- errorMonitor listeners hear an error first and do not handle it
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
emitter:on(EventEmitter.errorMonitor, function(err) p.log("monitor", err) end)
p.attempt("monitor alone", function() return emitter:emit("error", Error("one")) end)
emitter:prependListener("error", function(err) p.log("listener", err) end)
p.attempt("with a listener", function() return emitter:emit("error", Error("two")) end)
emitter:removeAllListeners(EventEmitter.errorMonitor)
p.attempt("monitor removed", function() return emitter:emit("error", Error("three")) end)
p.log(emitter:listenerCount(EventEmitter.errorMonitor), emitter:listenerCount("error"))
local server = require("net").createServer()
server:once(EventEmitter.errorMonitor, function(err) p.log("server monitor", err.code) end)
server:on("error", function(err) p.log("server listener", err.code) end)
server:listen({ fd = 900 })
