-- a tick, an immediate and a timer that throw: with uncaughtException the others go on
local p = require "prelude"

process.on("uncaughtException", function(err, origin) p.log("uncaught", err, origin) end)
process.nextTick(function()
  process.nextTick(function() p.log("tick of the tick") end)
  error(Error("in a tick"))
end)
process.nextTick(function() p.log("second tick") end)
setImmediate(function() error(TypeError("in an immediate")) end)
setImmediate(function()
  p.log("second immediate")
  setTimeout(function() error(RangeError("in a timer")) end, 2)
  setTimeout(function() p.log("second timer") end, 2)
end)
process.on("exit", function(code) p.log("exit", code) end)
