-- two sockets that answer each other
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
server:on("message", function(message, info)
  p.log("server", message)
  server:send(message .. "!", info.port, info.address, function(err, bytes) p.log("answered", err, bytes) end)
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  client:on("message", function(message, info)
    p.log("client", message, info.port == server:address().port, info.size)
    if #message < 6 then return client:send(message, info.port, info.address) end
    client:close()
    server:close()
  end)
  client:send("hi", server:address().port, "127.0.0.1", function(err, bytes) p.log("asked", err, bytes) end)
end)
