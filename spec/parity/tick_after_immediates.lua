-- ticks are drained after each immediate; an immediate made in an immediate waits for the next round
local p = require "prelude"

for _, name in ipairs({ "a", "b", "c" }) do
  setImmediate(function(one, two)
    p.log("immediate", one, two)
    setImmediate(function() p.log("second round", name) end)
    process.nextTick(function() p.log("tick", name) end)
  end, name, name:upper())
end
process.nextTick(function() p.log("first of all") end)
