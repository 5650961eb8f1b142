-- listen() on a server that listens throws at once and changes nothing
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:on("error", function(err) p.log("error", err) end)
server:listen(0, function()
  local port = server:address().port
  p.attempt("while listening", function() return server:listen(0) end)
  p.attempt("a path", function() return server:listen(p.tmp("twice.sock")) end)
  p.attempt("options", function() return server:listen({ port = 0, host = "127.0.0.1" }) end)
  p.log(server.listening, server:address().port == port)
  server:close(function() p.log("closed") end)
end)
p.attempt("before the event", function() return server:listen(0) end)
