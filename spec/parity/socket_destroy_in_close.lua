-- destroy(), end() and the like in 'close' change nothing, the other listeners are called
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume():finish() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("close", function()
    p.log(socket:destroy(), socket:destroy(Error("ignored")))
    p.log(socket:pause(), socket:resume(), socket:isPaused(), socket:setNoDelay(), socket:setKeepAlive(true))
    p.log(socket:ref(), socket:unref(), socket:setTimeout(0), socket:read())
  end)
  p.trace("socket", socket:resume(), { "end", "finish", "error", "close" })
  socket:on("close", function() server:close(function() p.log("closed") end) end)
end)
