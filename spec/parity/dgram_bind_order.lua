-- bind(): 'listening' by tick, its callback among the listeners of that event
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:on("listening", function(...) p.log("listening before", select("#", ...), socket:listenerCount("listening")) end)
process.nextTick(function() p.log("tick before") end)
p.log(socket:bind(0, "127.0.0.1", function(...)
  p.log("callback", select("#", ...), socket:listenerCount("listening"), socket:listenerCount("error"), socket:address().address)
  process.nextTick(function() p.log("tick of the callback") end)
end) == socket)
p.log(socket:listenerCount("listening"), socket:listenerCount("error"))
socket:on("listening", function()
  p.log("listening after")
  socket:close()
end)
process.nextTick(function() p.log("tick after") end)
setImmediate(function() p.log("immediate") end)
