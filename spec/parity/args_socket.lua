-- net.Socket(): descriptors and options that throw at once
local net = require "net"
local p = require "prelude"

p.attempt("fd -1", function() return net.Socket({ fd = -1 }) end)
p.attempt("fd string", function() return net.Socket({ fd = "x" }) end)
p.attempt("fd fraction", function() return net.Socket({ fd = 1.5 }) end)
p.attempt("fd large", function() return net.Socket({ fd = 2147483648 }) end)
p.attempt("number", function() return net.Socket(-1) end)
p.attempt("a file", function() return net.Socket({ fd = 0 }) end) -- stdin is /dev/null here
p.attempt("objectMode", function() return net.Socket({ objectMode = true }) end)
p.attempt("readableObjectMode", function() return net.Socket({ readableObjectMode = true }) end)
p.attempt("highWaterMark", function() return net.Socket({ highWaterMark = -1 }) end)
p.attempt("signal", function() return net.Socket({ signal = {} }) end)
p.attempt("nothing", function() return net.Socket() end)
