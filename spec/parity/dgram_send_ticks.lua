-- the callback of a send() runs by tick: after a tick that was asked for before it
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4"):on("message", function() server:close() end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  client:bind(0, "127.0.0.1", function()
    process.nextTick(function() p.log("tick before") end)
    client:send("x", port, "127.0.0.1", function()
      p.log("sent")
      client:close()
    end)
    setImmediate(function() p.log("immediate") end)
    p.log("send returned")
  end)
end)
