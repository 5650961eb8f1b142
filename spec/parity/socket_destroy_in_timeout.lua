-- destroy() in 'timeout', with the usual error: 'error' and 'close'(true)
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "timeout", "end", "error", "close" })
  socket:on("connect", function() socket:setTimeout(20, function() socket:destroy(Error("idle too long")) end) end)
  socket:on("close", function() server:close() end)
end)
