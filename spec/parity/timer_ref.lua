-- ref, unref, hasRef: an unref'd timer, interval or immediate does not keep the program alive
local p = require "prelude"

local timer = setTimeout(function() p.log("never") end, 5000)
p.log(timer:hasRef(), timer:unref() == timer, timer:hasRef(), timer:unref():hasRef())
local interval = setInterval(function() p.log("never") end, 5000)
p.log(interval:hasRef(), interval:unref():hasRef())
setTimeout(function() p.log("unref, but due before") end, 1):unref()
local again = setTimeout(function() p.log("ref again") end, 10)
p.log(again:unref():ref() == again, again:hasRef())
local immediate = setImmediate(function() end)
p.log(immediate:hasRef(), immediate:unref():hasRef(), immediate:ref() == immediate, immediate:hasRef())
process.on("exit", function() p.log("exit", timer:hasRef()) end)
