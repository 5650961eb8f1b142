-- a signal aborted after 'close' does nothing any more
local net = require "net"
local p = require "prelude"

local controller = AbortController()
local server = net.createServer(function(peer) peer:finish("bye") end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect({ port = server:address().port, host = "127.0.0.1", signal = controller.signal })
  p.trace("socket", socket, { "data", "end", "error", "close" })
  socket:on("close", function()
    controller:abort()
    p.log("aborted", controller.signal.aborted, socket.errored)
    server:close(function() p.log("closed") end)
  end)
end)
