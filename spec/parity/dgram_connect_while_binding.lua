-- connect() while bind() waits: after 'listening'
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
socket:bind(0, "127.0.0.1", function()
  p.log("bound", socket:address().address)
  p.attempt("remoteAddress", function() return socket:remoteAddress() end)
end)
socket:connect(9, function()
  p.log("connected", socket:remoteAddress())
  socket:close()
end)
p.attempt("disconnect", function() return socket:disconnect() end)
