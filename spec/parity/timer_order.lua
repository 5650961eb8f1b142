-- timers: by time, then in the order of their making; arguments; a timer of 0 is one of 1
local p = require "prelude"

setTimeout(function()
  p.log("200")
  setTimeout(function() p.log("made in a timer") end, 1)
end, 200)
setTimeout(function() p.log("1") end, 1)
setTimeout(function(...) p.log("0", select("#", ...)) end, 0)
setTimeout(function(...) p.log("5, first", ...) end, 5, "a", nil, "c")
setTimeout(function() p.log("5, second") end, 5)
setTimeout(function() p.log("20") end, 20)
process.nextTick(function() p.log("tick") end)
