-- the ticks of a server stand in one queue with those of the script
local net = require "net"
local p = require "prelude"

local server = p.trace("server", net.createServer(), { "listening", "close", "error" })
local tick = function(name) process.nextTick(function() p.log("tick", name) end) end
tick("before listen")
server:listen(0)
tick("after listen")
server:getConnections(function() p.log("getConnections") end)
tick("after getConnections")
setImmediate(function()
  tick("before close")
  server:close()
  tick("after close")
  p.log("end of the immediate")
end)
