-- numbers that are none and numbers without end
local net = require "net"
local p = require "prelude"

local socket = net.Socket()
p.attempt("timeout nan", function() return socket:setTimeout(0 / 0) end)
p.attempt("timeout infinite", function() return socket:setTimeout(1 / 0) end)
p.attempt("listen nan", function() return net.createServer():listen(0 / 0) end)
p.attempt("listen infinite", function() return net.createServer():listen(1 / 0) end)
p.attempt("connect nan", function() return net.connect({ port = 0 / 0 }) end)
p.attempt("max nan", function() return socket:setMaxListeners(0 / 0) end)
p.attempt("max infinite", function() return socket:setMaxListeners(1 / 0):listenerCount("x") end)
