-- an error in the main chunk: ticks and timers made before still run when uncaughtException is heard
local p = require "prelude"

process.on("uncaughtException", function(err, origin)
  p.log("uncaught", err, origin)
  process.nextTick(function() p.log("tick of the listener") end)
end)
process.on("uncaughtException", function() p.log("second listener") end)
process.once("exit", function(code) p.log("exit", code) end)
process.nextTick(function() p.log("tick") end)
setTimeout(function() p.log("timer") end, 2)
error(RangeError("in main"))
