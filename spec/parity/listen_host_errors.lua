-- hosts that cannot be listened on: an address of another machine, a name that cannot exist
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:on("close", function() p.log("close") end)
server:on("listening", function() p.log("listening") end)
local hosts = { "8.8.8.8", "2001:db8::1", ("a"):rep(64), "127.0.0.1:80" }
server:on("error", function(err)
  p.log(err.name, err.code, err.errno, err.syscall, err.message)
  p.log(err.address, err.hostname, err.port, server.listening, server:address())
  local host = table.remove(hosts, 1)
  if host then server:listen({ port = 0, host = host }) end
end)
server:listen(0, table.remove(hosts, 1))
