-- timers and ticks want a function; odd times count as 1 ms
local p = require "prelude"

p.attempt("setTimeout", function() return setTimeout() end)
p.attempt("setTimeout string", function() return setTimeout("x", 5) end)
p.attempt("setInterval", function() return setInterval(5, 5) end)
p.attempt("setImmediate", function() return setImmediate() end)
p.attempt("nextTick", function() return process.nextTick(true) end)
p.attempt("clearTimeout", function() return clearTimeout() end)
p.attempt("clearInterval", function() return clearInterval(nil) end)
p.attempt("clearImmediate", function() return clearImmediate() end)
setTimeout(function()
  p.log("negative")
  setTimeout(function()
    p.log("no time")
    setTimeout(function() p.log("fraction") end, 0.5)
  end)
end, -20)
