-- a signal in the options of a socket: 'error' AbortError, then 'close' true
local net = require "net"
local p = require "prelude"

local controller, server = AbortController(), nil
server = net.createServer(function(socket)
  socket:resume():on("close", function() server:close(function() p.log("server closed") end) end)
  controller:abort()
end):listen(0, "127.0.0.1", function()
  local socket = net.connect({ port = server:address().port, host = "127.0.0.1", signal = controller.signal })
  p.trace("socket", socket, { "error", "close" })
  socket:on("error", function(err) p.log(err.code, err.name, socket.destroyed) end)
  socket:on("close", function() p.log(controller.signal.aborted, controller.signal.reason.name) end)
end)
local early = net.connect({ port = 1, host = "127.0.0.1", signal = AbortSignal.abort() })
p.trace("early", early, { "connect", "error" })
