-- a socket may send to itself
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
local n = 0
socket:on("message", function(message, info)
  n = n + 1
  p.log("message", message, info.port == socket:address().port)
  if n == 3 then return socket:close() end
  socket:send(message .. ".", info.port, info.address)
end)
socket:bind(0, "127.0.0.1", function()
  socket:send("me", socket:address().port, "127.0.0.1", function(err, bytes) p.log("sent", err, bytes) end)
end)
