-- close(): 'close' by tick, its callback among the listeners of that event, without arguments
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:bind(0, function()
  socket:on("close", function(...) p.log("close before", select("#", ...)) end)
  process.nextTick(function() p.log("tick before") end)
  p.log(socket:close(function(...)
    p.log("callback", select("#", ...), socket:listenerCount("close"))
    process.nextTick(function() p.log("tick of the callback") end)
  end) == socket)
  socket:on("close", function() p.log("close after") end)
  process.nextTick(function() p.log("tick after") end)
  setImmediate(function() p.log("immediate") end)
end)
