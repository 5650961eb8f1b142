-- a signal in the listen options: abort() is close()
local net = require "net"
local p = require "prelude"

local controller = AbortController()
local server = p.trace("server", net.createServer(), { "listening", "close", "error" })
server:listen({ port = 0, host = "127.0.0.1", signal = controller.signal }, function()
  p.log("abort", server.listening, server:address().family)
  controller:abort()
  p.log(server.listening, server:address(), controller.signal.aborted)
  process.nextTick(function() p.log("tick") end)
  controller:abort()
end)
