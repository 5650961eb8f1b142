-- classes of one's own on top of EventEmitter; the fields of an emitter do not disturb its events
local EventEmitter = require "events"
local p = require "prelude"

local Room = EventEmitter:extend()
function Room:say(text) return self:emit("said", text) end
function Room:emit(name, ...)
  if name == "secret" then return false end
  return EventEmitter.emit(self, name, ...)
end

local room = Room()
room.name = "hall"
room:on("said", function(text) p.log(room.name, text) end):once("secret", function() p.log("never") end)
p.log(room:say("hello"), room:emit("secret"), room:listenerCount("secret"))
local other = Room()
p.log(other:say("nobody here"), other.name, other:listenerCount("said"))
p.log(EventEmitter == EventEmitter.EventEmitter)
local bare = setmetatable({}, { __index = EventEmitter })
bare:on("x", function() p.log("bare") end):emit("x")
