-- connect() behind a send(): what was sent to an address leaves first, and is told first
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp6", function(message, info)
  p.log("message", message, info.address)
  if message == "to the peer" then server:close() end
end)
server:bind(0, function()
  local client = dgram.createSocket("udp6")
  client:bind(0, function()
    local port = server:address().port
    client:send("to an address", port, "::ffff:127.0.0.1", function(err, bytes) p.log("sent", err, bytes) end)
    client:connect(port, "::1", function()
      p.log("connected")
      client:send("to the peer", function() client:close() end)
    end)
  end)
end)
