-- messages come in the order of the sends, each with its ticks before the next one
local dgram = require "dgram"
local p = require "prelude"

local n = 20
local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  process.nextTick(function() p.log("tick of", message) end)
  if message == tostring(n) then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  for i = 1, n do
    client:send(tostring(i), server:address().port, "127.0.0.1", i == n and function() client:close() end or nil)
  end
end)
