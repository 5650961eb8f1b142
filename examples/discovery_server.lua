-- discovery_server.lua - lets itself be found: answers those who broadcast the question who is there.
-- Usage: discovery_server.lua [name [service port [port [broadcast address]]]]; then discovery_client.lua.
-- It hears this host only; for a network give the network's broadcast address to both, such as 192.168.1.255.
local dgram = require "dgram"
local name, service_port = arg[1] or "moon", tonumber(arg[2]) or 8124
local port, address = arg[3] or 9177, arg[4] or "127.255.255.255"

local server = dgram.createSocket { type = "udp4", reuseAddr = true } -- one host may offer several services

server:on("message", function(message, info)
  local token = message:match "^who is there%? (%x+)$" -- tells the client that this answers its own question
  if not token or #token > 32 then return end
  print(("%s:%d asks"):format(info.address, info.port))
  server:send(("%s here, port %d, for %s"):format(name, service_port, token), info.port, info.address)
end)

server:bind(port, address, function() -- bound to the broadcast address it hears what is sent there, and nothing else
  print(("%s waits for questions to %s:%d"):format(name, address, server:address().port))
end)
