-- a host name: looked up first, nothing is bound when listen() returns; one address in the end
local net = require "net"
local p = require "prelude"

local server = p.trace("server", net.createServer(), { "listening", "close", "error", "lookup" })
server:listen({ host = "localhost", port = 0 }, function()
  p.log(net.isIP(server:address().address) > 0, server:address().port > 0, server.listening)
  server:close()
end)
p.log(server.listening, server:address())
