-- the same over IPv6; the default address is ::1
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp6", function(message, info)
  p.log("message", message, info)
  if message == "last" then server:close() end
end)
server:bind(0, function()
  p.log(server:address().address, server:address().family)
  local client = dgram.createSocket("udp6")
  client:bind(0, "::1", function()
    p.mask(client:address().port, "PORT")
    local port = server:address().port
    client:send("default address", port)
    client:send("address", port, "::1", function(err, bytes)
      p.log("sent", err, bytes)
      client:connect(port, "::1", function()
        p.log(client:remoteAddress().address, client:remoteAddress().family)
        client:send("last", function() client:close() end)
      end)
    end)
  end)
end)
