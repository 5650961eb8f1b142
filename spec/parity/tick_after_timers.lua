-- ticks are drained after each timer, also between two that are due together
local p = require "prelude"

for _, name in ipairs({ "a", "b", "c" }) do
  setTimeout(function()
    p.log("timer", name)
    process.nextTick(function()
      p.log("tick", name)
      process.nextTick(function() p.log("tick of the tick", name) end)
    end)
  end, 5)
end
local start = os.clock()
while os.clock() < start + 0.015 do end -- all three are due when the loop begins
