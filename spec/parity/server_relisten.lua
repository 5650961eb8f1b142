-- a closed server listens again, from its 'close' listener
local net = require "net"
local p = require "prelude"

local rounds = 0
local server = net.createServer()
server:on("listening", function()
  rounds = rounds + 1
  p.log("listening", rounds, server.listening, server:address().family)
  server:close()
end)
server:on("close", function()
  p.log("close", rounds, server.listening, server:address())
  if rounds < 3 then server:listen(0) end
end)
server:listen(0)
