-- several sockets of one turn: each in its order
local dgram = require "dgram"
local p = require "prelude"

local sockets = {}
for i = 1, 3 do
  local socket = p.trace(i, dgram.createSocket(i == 2 and "udp6" or "udp4"), { "listening", "close" })
  sockets[#sockets + 1] = socket
  socket:bind(0, function()
    p.log("callback", i)
    process.nextTick(function() p.log("tick", i) end)
    if i == 3 then
      for _, each in ipairs(sockets) do each:close(function() p.log("closed") end) end
    end
  end)
  process.nextTick(function() p.log("tick of", i) end)
end
