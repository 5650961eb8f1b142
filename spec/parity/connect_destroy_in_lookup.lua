-- destroy() while the lookup is under way: its answer is ignored, no attempt is made
local net = require "net"
local p = require "prelude"

local answer
local socket = net.Socket()
p.trace("socket", socket, { "connectionAttempt", "connect", "error", "close" })
local function lookup(host, options, done) answer = done end
socket:connect({ port = 8080, host = "some.name", lookup = lookup, autoSelectFamily = false })
setImmediate(function()
  socket:destroy()
  p.log("destroyed", socket.connecting, socket.readyState)
  setTimeout(function()
    answer(nil, "127.0.0.1", 4)
    p.log("answered", socket.connecting, socket.destroyed)
  end, 10)
end)
