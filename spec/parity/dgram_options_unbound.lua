-- what asks for a descriptor throws EBADF before bind(), when its arguments are right
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
p.attempt("setBroadcast", function() return socket:setBroadcast(true) end)
p.attempt("setTTL", function() return socket:setTTL(64) end)
p.attempt("setTTL type", function() return socket:setTTL("64") end)
p.attempt("setMulticastTTL", function() return socket:setMulticastTTL(64) end)
p.attempt("setMulticastTTL type", function() return socket:setMulticastTTL() end)
p.attempt("setMulticastLoopback", function() return socket:setMulticastLoopback(true) end)
p.attempt("setMulticastInterface", function() return socket:setMulticastInterface("127.0.0.1") end)
p.attempt("setMulticastInterface type", function() return socket:setMulticastInterface(5) end)
p.attempt("address", function() return socket:address() end)
local _, err = pcall(function() socket:setTTL(1) end)
p.log(err.name, err.code, err.errno, err.syscall, err.address, err.port)
socket:bind(0, "127.0.0.1", function()
  p.attempt("bound", function() return socket:setTTL(64) end)
  socket:close()
end)
p.attempt("binding", function() return socket:setTTL(64) end)
