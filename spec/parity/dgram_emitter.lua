-- a socket is an emitter
local dgram = require "dgram"
local EventEmitter = require "events"
local p = require "prelude"

local socket = dgram.createSocket("udp4", function() end)
p.log(socket:eventNames(), socket:getMaxListeners(), socket:listenerCount("message"))
socket:on("newListener", function(name) p.log("newListener", type(name) == "string" and name or "errorMonitor") end)
socket:on("removeListener", function(name) p.log("removeListener", name) end)
socket:once("a", function(value) p.log("a", value) end)
p.log(socket:emit("a", 1), socket:emit("a", 2))
socket:on(EventEmitter.errorMonitor, function(err) p.log("monitor", err) end)
socket:on("error", function(err) p.log("error", err) end)
socket:emit("error", Error("made up"))
socket.color = "red"
p.log(socket.color, socket.nothing)
p.attempt("listener", function() return socket:on("message", 5) end)
