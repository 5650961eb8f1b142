-- broadcast.lua - the tutorial's setBroadcast(): one message from a server to all clients of a network.
-- Usage: broadcast.lua [port [broadcast address]], of this host alone, 127.255.255.255, when none is given.
local dgram = require "dgram"
local address = arg[2] or "127.255.255.255"
local server, clients = dgram.createSocket("udp4"), {}

for i = 1, 2 do
  clients[i] = dgram.createSocket({ type = "udp4", reuseAddr = true }) -- they share a port
  clients[i]:on("message", function(msg)
    console.log("客户端%d已经接受服务器广播的数据: %s", i, msg)
    clients[i]:close()
  end)
end

clients[1]:bind(arg[1] or 8181, address, function() -- hears what is sent to this address only
  local port = clients[1]:address().port
  clients[2]:bind(port, address, function()
    server:bind(function()
      server:setBroadcast(true) -- without it the callback below gets EACCES
      server:send("大家好!", port, address, function(err)
        if err then error(err, 0) end
        server:close()
      end)
    end)
  end)
end)
