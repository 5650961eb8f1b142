-- which mistake of a call on a closed socket is told first
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:close(function()
  p.attempt("send message", function() return socket:send(5, 1) end)
  p.attempt("send port", function() return socket:send("x", 0) end)
  p.attempt("send address", function() return socket:send("x", 1, 5) end)
  p.attempt("send bounds", function() return socket:send("x", 2, 1, 1) end)
  p.attempt("sendto", function() return socket:sendto("x", "0") end)
  p.attempt("connect port", function() return socket:connect(0) end)
  p.attempt("connect address", function() return socket:connect(1, 5) end)
  p.attempt("connect", function() return socket:connect(1, "127.0.0.1", function() p.log("never") end) end)
  p.attempt("setMulticastInterface", function() return socket:setMulticastInterface(5) end)
  p.attempt("addMembership", function() return socket:addMembership() end)
  p.attempt("dropMembership", function() return socket:dropMembership() end)
  p.attempt("addSourceSpecificMembership", function() return socket:addSourceSpecificMembership() end)
  p.attempt("dropSourceSpecificMembership", function() return socket:dropSourceSpecificMembership(5) end)
end)
