-- close(): listening ends at once, 'close' without an argument by tick, the callback in its place
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:on("close", function(...) p.log("close", select("#", ...)) end)
server:listen(0, function()
  process.nextTick(function() p.log("tick before") end)
  p.log(server:close(function(err) p.log("callback", err) end) == server)
  p.log(server.listening, server:address())
  server:on("close", function() p.log("close, later") end)
  process.nextTick(function() p.log("tick after") end)
  setImmediate(function() p.log("immediate") end)
end)
