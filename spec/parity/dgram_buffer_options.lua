-- the options recvBufferSize and sendBufferSize hold when 'listening' comes
local dgram = require "dgram"
local p = require "prelude"

local function run(options, after)
  local socket = dgram.createSocket(options)
  socket:bind(0, "127.0.0.1", function()
    p.log(options.recvBufferSize and socket:getRecvBufferSize(), options.sendBufferSize and socket:getSendBufferSize())
    socket:close(after)
  end)
end
run({ type = "udp4", recvBufferSize = 10000, sendBufferSize = 12000 }, function()
  run({ type = "udp4", recvBufferSize = 8192 }, function()
    run({ type = "udp4", sendBufferSize = 8192 }, function()
      local sender = dgram.createSocket({ type = "udp4", sendBufferSize = 9000 })
      sender:send("x", 9, "127.0.0.1", function()
        p.log(sender:getSendBufferSize())
        sender:close()
      end)
    end)
  end)
end)
