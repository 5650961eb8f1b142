-- beforeExit when the loop is empty, again after each piece of work it adds; then exit
local p = require "prelude"

local rounds = 0
process.on("beforeExit", function(code)
  rounds = rounds + 1
  p.log("beforeExit", code, rounds)
  process.nextTick(function() p.log("tick", rounds) end)
  if rounds < 3 then setImmediate(function() p.log("more work", rounds) end) end
end)
process.on("exit", function(code)
  p.log("exit", code)
  process.nextTick(function() p.log("never") end)
  setImmediate(function() p.log("never") end)
end)
p.log("main")
