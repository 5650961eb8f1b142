-- connect(): 'listening' of the socket that it binds, then 'connect', its callback among the listeners
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
  socket:on("connect", function(...)
    p.log("connect before", select("#", ...), socket:listenerCount("connect"))
    p.log(socket:remoteAddress())
  end)
  process.nextTick(function() p.log("tick before") end)
  p.log((socket:connect(port, "127.0.0.1", function(...)
    p.log("callback", select("#", ...), socket:listenerCount("connect"), socket:address().address)
    process.nextTick(function() p.log("tick of the callback") end)
    socket:close()
    server:close()
  end)))
  p.log(socket:listenerCount("connect"))
  socket:on("connect", function() p.log("connect after") end)
  process.nextTick(function() p.log("tick after") end)
end)
