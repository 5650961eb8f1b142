-- listen(): which ports are refused, at once and before anything is bound
local net = require "net"
local p = require "prelude"

local server = net.createServer()
p.attempt("-1", function() return server:listen(-1) end)
p.attempt("65536", function() return server:listen(65536) end)
p.attempt("1.5", function() return server:listen(1.5) end)
p.attempt("empty string", function() return server:listen("") end)
p.attempt("string too large", function() return server:listen("65536") end)
p.attempt("option -1", function() return server:listen({ port = -1 }) end)
p.attempt("option string", function() return server:listen({ port = "x" }) end)
p.attempt("option large", function() return server:listen({ port = 1e6, host = "127.0.0.1" }) end)
p.attempt("option boolean", function() return server:listen({ port = true }) end)
p.log(server.listening, server:address())
p.attempt("good after all", function() return server:listen(0) end)
server:close(function() p.log("closed") end)
