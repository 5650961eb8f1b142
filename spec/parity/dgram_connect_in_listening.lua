-- connect() in 'listening', and send() in 'connect'
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message, info)
  p.log("message", message, info.address)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local client = p.trace("client", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
  client:on("listening", function() client:connect(server:address().port, "127.0.0.1") end)
  client:on("connect", function()
    client:send("hello", function(err, bytes)
      p.log("sent", err, bytes)
      client:close()
    end)
  end)
  client:bind()
end)
