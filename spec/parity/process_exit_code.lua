-- exitCode: what beforeExit and exit hear; an exit listener may still change it
local p = require "prelude"

p.log(process.exitCode)
process.exitCode = 7
p.attempt("string", function() process.exitCode = "x" end)
p.attempt("fraction", function() process.exitCode = 5.5 end)
p.log(process.exitCode)
process.on("beforeExit", function(code) p.log("beforeExit", code) end)
process.on("exit", function(code)
  p.log("exit", code, process.exitCode)
  process.exitCode = 9
end)
process.on("exit", function(code) p.log("second listener", code, process.exitCode) end)
