-- the option timeout starts the idle timer before connecting; connect()'s own option too
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect({ port = server:address().port, host = "127.0.0.1", timeout = 60 })
  p.log(socket.timeout, socket.connecting)
  p.trace("socket", socket, { "connect", "timeout", "end", "close" })
  socket:on("timeout", function()
    p.log(socket.readyState, socket.timeout)
    socket:finish()
  end)
  socket:on("close", function() server:close() end)
end)
