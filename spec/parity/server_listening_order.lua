-- listen() without a host binds at once; 'listening' comes by tick, the callback in its place among the listeners
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:on("listening", function() p.log("on, before") end)
p.log(server.listening, server:address())
process.nextTick(function() p.log("tick before") end)
p.log(server:listen(0, function() p.log("callback") end) == server)
process.nextTick(function() p.log("tick after") end)
p.log(server.listening, server:address().address, server:address().family, server:address().port > 0)
server:on("listening", function()
  p.log("on, after", server.listening, server:listenerCount("listening"))
  server:close()
end)
p.log("end of main")
