-- createServer(): what the options may be
local net = require "net"
local p = require "prelude"

p.attempt("number", function() return net.createServer(5) end)
p.attempt("string", function() return net.createServer("x") end)
p.attempt("boolean", function() return net.createServer(true) end)
p.attempt("new Server", function() return net.Server(5) end)
p.attempt("keepAliveInitialDelay", function() return net.createServer({ keepAliveInitialDelay = "x" }) end)
p.attempt("highWaterMark", function() return net.createServer({ highWaterMark = "x" }) end)
p.attempt("highWaterMark boolean", function() return net.createServer({ highWaterMark = true }) end)
p.attempt("unknown option", function() return net.createServer({ colour = "red" }) end)
p.attempt("nothing", function() return net.createServer(nil) end)
do local _, err = pcall(net.createServer, 5); p.log(err.name, err.code, tostring(err)) end
