-- nextTick: after the main chunk, first in first out, with arguments, drained until empty before anything else
local p = require "prelude"

setImmediate(function() p.log("immediate") end)
process.nextTick(function()
  p.log("one")
  process.nextTick(function()
    p.log("four")
    process.nextTick(function() p.log("five") end)
  end)
end)
process.nextTick(function(a, b, c) p.log("two", a, b, c) end, "a", nil, "c")
process.nextTick(function(...) p.log("three", select("#", ...)) end)
p.log("main", (process.nextTick(function() end)))
