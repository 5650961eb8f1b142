-- an IPv6 socket bound to '::' hears IPv4 as well, and answers it
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp6", function(message, info)
  p.log("message", message, info)
  server:send("answer", info.port, info.address, function(err, bytes)
    p.log("sent", err, bytes)
    server:close()
  end)
end)
server:bind(0, function()
  local client = dgram.createSocket("udp4")
  client:on("message", function(message, info)
    p.log("message", message, info.address, info.family)
    client:close()
  end)
  client:bind(0, function()
    p.mask(client:address().port, "PORT")
    client:send("question", server:address().port)
  end)
end)
