-- process.exit() in an exit listener: the listeners are not called again, the last code counts
local p = require "prelude"

process.on("exit", function(code)
  p.log("first", code)
  process.exit(6)
  p.log("never")
end)
process.on("exit", function() p.log("second, never") end)
setTimeout(function() p.log("timer") end, 2)
