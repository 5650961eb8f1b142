-- the eleventh listener of an event warns once for that event; setMaxListeners moves the limit
local EventEmitter = require "events"
local p = require "prelude"

process.removeAllListeners("warning")
process.on("warning", function(warning) p.log(warning.name, warning.message) end)
local emitter = EventEmitter()
for i = 1, 10 do emitter:on("x", function() return i end) end
p.log(emitter:listenerCount("x"))
emitter:on("x", function() end)
emitter:on("x", function() end)
p.log(emitter:listenerCount("x"))
local quiet = EventEmitter():setMaxListeners(0)
for i = 1, 30 do quiet:on("x", function() return i end) end
local server = require("net").createServer():setMaxListeners(2)
for i = 1, 3 do server:once("close", function() return i end) end
p.log("end of main")
