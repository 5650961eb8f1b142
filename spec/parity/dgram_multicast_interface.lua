-- setMulticastInterface(): an address of IPv4, with IPv6 "::%name"
local dgram = require "dgram"
local p = require "prelude"

local four = dgram.createSocket("udp4")
four:bind(0, function()
  for _, address in ipairs({ "127.0.0.1", "0.0.0.0", "nothing", "", "localhost", "127.0.0.1 ", "203.0.113.1" }) do
    p.attempt("udp4 " .. address, function() return four:setMulticastInterface(address) end)
  end
  for _, address in ipairs({ 5, true, false }) do
    p.attempt("udp4 " .. tostring(address), function() return four:setMulticastInterface(address) end)
  end
  p.attempt("nothing", function() return four:setMulticastInterface() end)
  p.attempt("object", function() return four:setMulticastInterface({}) end)
  four:close()
  p.attempt("closed", function() return four:setMulticastInterface("127.0.0.1") end)
  local six = dgram.createSocket("udp6")
  six:bind(0, function()
    for _, address in ipairs({ "::%lo", "::", "nothing", "" }) do
      p.attempt("udp6 " .. address, function() return six:setMulticastInterface(address) end)
    end
    six:close()
  end)
end)
