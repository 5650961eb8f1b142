-- uncaughtExceptionMonitor hears first and does not keep the program alive
local EventEmitter = require "events"
local p = require "prelude"

process.on("uncaughtExceptionMonitor", function(err, origin) p.log("monitor", err, origin) end)
process.once("uncaughtException", function(err) p.log("heard", err) end)
process.on("exit", function(code) p.log("exit", code) end)
setTimeout(function() p.log("never") end, 5000)
setImmediate(function()
  setImmediate(function() EventEmitter():emit("error", "a string") end)
  EventEmitter():emit("error", Error("unhandled"))
end)
