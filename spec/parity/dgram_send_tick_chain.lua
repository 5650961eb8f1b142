-- ticks that ask for ticks: the callback of a send() comes between them, not behind them all
local dgram = require "dgram"
local p = require "prelude"

local messages, server = 0, nil
server = dgram.createSocket("udp4", function()
  messages = messages + 1
  if messages == 2 then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  local function run(label, after)
    local n = 0
    local function tick()
      p.log(label, "tick", n)
      n = n + 1
      if n < 5 then process.nextTick(tick) end
    end
    process.nextTick(tick)
    client:send("x", server:address().port, "127.0.0.1", function(err, bytes)
      p.log(label, "sent", err, bytes)
      after()
    end)
  end
  client:bind(0, "127.0.0.1", function()
    run("in a tick", function() setImmediate(function() run("in an immediate", function() client:close() end) end) end)
  end)
end)
