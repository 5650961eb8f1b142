-- 'newListener' comes before the listener is there, with the function itself, also for once
local EventEmitter = require "events"
local p = require "prelude"

local emitter = EventEmitter()
local listener = function() p.log("listener") end
emitter:on("newListener", function(event, added) p.log("new", event, added == listener, emitter:listenerCount(event)) end)
emitter:on("x", listener)
emitter:once("x", listener)
emitter:prependListener("y", function() end)
emitter:on("newListener", function() end)
emitter:removeAllListeners("newListener")
emitter:once("newListener", function(event)
  if event == "z" then emitter:on("z", function() p.log("inserted before") end) end
end)
emitter:on("z", function() p.log("z") end)
emitter:emit("z")
local server = require("net").createServer()
server:on("newListener", function(event) p.log("server", event) end)
server:once("close", listener)
