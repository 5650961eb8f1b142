-- discovery_client.lua - finds the servers that run discovery_server.lua: asks everybody, and lists who answers in time.
-- Usage: discovery_client.lua [port [broadcast address [time in ms]]]
local dgram = require "dgram"
local port, address, time = arg[1] or 9177, arg[2] or "127.255.255.255", tonumber(arg[3]) or 1000
local token = ("%016x"):format(math.random(0)) -- answers to others, and late or forged ones, do not have it

local client, count = dgram.createSocket "udp4", 0

client:on("message", function(message, info)
  local name, service_port, answered = message:match "^([%w._-]+) here, port (%d+), for (%x+)$"
  if answered ~= token then return end
  count = count + 1
  print(("%s is at %s:%s"):format(name, info.address, service_port))
end)

client:bind(function()
  client:setBroadcast(true) -- else the system refuses: EACCES
  client:send("who is there? " .. token, port, address, function(err)
    if err then print("cannot ask: " .. err.message) end
  end)
  setTimeout(function()
    client:close()
    print(count .. " found")
  end, time)
end)
