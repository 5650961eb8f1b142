-- addMembership() of an unbound socket gives it a port, without 'listening'
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
p.attempt("address", function() return socket:address() end)
p.attempt("refused", function() return socket:addMembership("127.0.0.1", "127.0.0.1") end)
p.attempt("add", function() return socket:addMembership("239.1.2.3", "127.0.0.1") end)
p.attempt("address", function()
  local address = socket:address()
  return ("%s %s %s"):format(address.address, address.family, address.port > 0)
end)
p.attempt("ttl", function() return socket:setTTL(8) end)
p.attempt("drop", function() return socket:dropMembership("239.1.2.3", "127.0.0.1") end)
socket:close()
