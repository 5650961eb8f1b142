-- an IPv6 socket asks lookup for addresses of IPv6
local dgram = require "dgram"
local p = require "prelude"

local function lookup(host, family, done)
  if host:sub(-5) ~= ".name" then return process.nextTick(done, nil, host, family) end
  p.log("lookup", host, family)
  setImmediate(done, nil, "::1", 6)
end
local server = dgram.createSocket({ type = "udp6", lookup = lookup })
server:on("message", function(message, info)
  p.log("message", message, info.address, info.family)
  if message == "connected" then server:close() end
end)
server:bind(0, "server.name", function()
  local port = server:address().port
  p.mask(port, "PORT")
  p.log(server:address())
  local client = dgram.createSocket({ type = "udp6", lookup = lookup })
  client:bind(function()
    client:send("sent", port, "send.name", function(err, bytes)
      p.log(err, bytes)
      client:connect(port, "connect.name", function()
        p.log(client:remoteAddress())
        client:send("connected", function() client:close() end)
      end)
    end)
  end)
end)
