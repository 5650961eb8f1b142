-- process.exit(n): at once, no beforeExit, no further ticks or timers; the exit listeners hear the code
local p = require "prelude"

process.on("beforeExit", function() p.log("never") end)
process.on("exit", function(code) p.log("exit", code, process.exitCode) end)
process.once("exit", function() p.log("second listener") end)
p.log(process.exitCode)
setTimeout(function() p.log("never") end, 5000)
setImmediate(function()
  process.nextTick(function() p.log("never") end)
  p.log("leaving")
  process.exit(3)
  p.log("never")
end)
