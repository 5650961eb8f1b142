-- a signal aborted while the connection is attempted, and one aborted twice later
local net = require "net"
local p = require "prelude"

local controller = AbortController()
local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local socket = net.connect({ port = server:address().port, host = "127.0.0.1", signal = controller.signal })
  p.trace("socket", socket, { "connect", "ready", "error", "close" })
  socket:on("connectionAttempt", function() process.nextTick(function()
    controller:abort()
    p.log("aborted", socket.destroyed, socket.connecting)
    controller:abort()
  end) end)
  socket:on("close", function() server:close() end)
end)
