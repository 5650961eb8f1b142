-- clearing: before, in another callback of the same time, in its own, twice, after it fired
local p = require "prelude"

process.on("exit", function() p.log("exit") end)
local first, second, other
clearTimeout(setTimeout(function() p.log("never") end, 1))
clearImmediate(setImmediate(function() p.log("never") end))
setImmediate(function()
  p.log("immediate")
  clearImmediate(other)
  first = setTimeout(function()
    p.log("first")
    clearTimeout(second)
    clearTimeout(first)
  end, 5)
  second = setTimeout(function() p.log("never") end, 5)
  setTimeout(function()
    clearTimeout(first)
    clearTimeout(second)
    p.log("third", (clearTimeout(second)))
  end, 5)
end)
other = setImmediate(function() p.log("never") end)
