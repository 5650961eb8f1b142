-- listen(): options that are refused at once
local net = require "net"
local p = require "prelude"

local server = net.createServer()
p.attempt("true", function() return server:listen(true) end)
p.attempt("empty", function() return server:listen({}) end)
p.attempt("host alone", function() return server:listen({ host = "localhost" }) end)
p.attempt("path number", function() return server:listen({ path = 5 }) end)
p.attempt("path empty", function() return server:listen({ path = "" }) end)
p.attempt("fd -1", function() return server:listen({ fd = -1 }) end)
p.attempt("fd string", function() return server:listen({ fd = "x" }) end)
p.attempt("host number", function() return server:listen({ port = 0, host = 5 }) end)
p.attempt("signal", function() return server:listen({ port = 0, signal = 5 }) end)
p.attempt("signal table", function() return server:listen({ port = 0, signal = {} }) end)
p.log(server.listening, server:address())
server:close(function(err) p.log(err) end)
