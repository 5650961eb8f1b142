-- a descriptor that is no open stream is refused by the constructor
local net = require "net"
local p = require "prelude"

p.attempt("option", function() return net.Socket({ fd = 999 }) end)
p.attempt("legacy", function() return net.Socket(999) end)
p.attempt("readable", function() return net.Socket({ fd = 999, readable = true, writable = true }) end)
