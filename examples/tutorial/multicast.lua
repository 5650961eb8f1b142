-- multicast.lua - the tutorial's addMembership() and its kin: one message from a server to the members of a group.
-- Usage: multicast.lua [port [group [interface]]], 239.255.81.81 on 127.0.0.1 when none is given.
local dgram = require "dgram"
local group, interface = arg[2] or "239.255.81.81", arg[3] or "127.0.0.1"
local server, clients = dgram.createSocket("udp4"), {}

for i = 1, 2 do
  clients[i] = dgram.createSocket({ type = "udp4", reuseAddr = true }) -- they share a port
  clients[i]:on("message", function(msg)
    console.log("客户端%d已经接受服务器组播的数据: %s", i, msg)
    clients[i]:dropMembership(group, interface)
    clients[i]:close()
  end)
end

clients[1]:bind(arg[1] or 8181, group, function() -- hears what is sent to this address only
  local port = clients[1]:address().port
  clients[1]:addMembership(group, interface)
  clients[2]:bind(port, group, function()
    clients[2]:addMembership(group, interface)
    server:bind(function()
      server:setMulticastInterface(interface)
      server:setMulticastTTL(1) -- no router passes it on
      server:setMulticastLoopback(true) -- this host hears it as well
      server:send("组员好!", port, group, function(err)
        if err then error(err, 0) end
        server:close()
      end)
    end)
  end)
end)
