-- connect() of a bound socket: 'connect' comes some ticks later
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
socket:bind(0, "127.0.0.1", function()
  socket:connect(9, "127.0.0.1", function()
    p.log("callback", socket:remoteAddress())
    socket:close()
  end)
  p.log(socket:listenerCount("connect"))
  p.attempt("remoteAddress", function() return socket:remoteAddress() end)
  process.nextTick(function()
    p.log("tick")
    process.nextTick(function() p.log("tick of the tick") end)
  end)
  setImmediate(function() p.log("immediate") end)
end)
