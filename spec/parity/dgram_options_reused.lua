-- a table of options makes as many sockets as one likes, and stays as it was
local dgram = require "dgram"
local p = require "prelude"

local options = { type = "udp4", reuseAddr = true, sendBufferSize = 8192, own = "field" }
local address = { port = 0, address = "127.0.0.1" }
local function count(list)
  local n = 0
  for _ in pairs(list) do n = n + 1 end
  return n
end
local before = ("%d %d"):format(count(options), count(address))
local open = 3
for i = 1, 3 do
  local socket = dgram.createSocket(options)
  socket:bind(address, function()
    p.log(i, socket:address().address, socket:getSendBufferSize())
    socket:close(function()
      open = open - 1
      if open == 0 then p.log(("%d %d"):format(count(options), count(address)) == before, address.port, options.type) end
    end)
  end)
end
