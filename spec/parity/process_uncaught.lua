-- an uncaught error without a listener: exit hears code 1, nothing further runs
local p = require "prelude"

process.on("beforeExit", function() p.log("never") end)
process.on("exit", function(code) p.log("exit", code, process.exitCode) end)
setImmediate(function()
  process.nextTick(function() p.log("never") end)
  p.log("throwing")
  error(Error("uncaught on purpose"))
end)
setTimeout(function() p.log("never") end, 5000)
setImmediate(function() p.log("never") end)
