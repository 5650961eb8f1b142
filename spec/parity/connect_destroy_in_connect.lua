-- destroy() in 'connect': the other listeners and 'ready' still hear it, then 'close'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:on("error", function() end):resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("connect", function()
    p.log("connect")
    socket:destroy()
    p.log(socket.readyState, socket.connecting, socket.destroyed)
  end)
  p.trace("socket", socket, { "connect", "ready", "data", "end", "finish", "error", "close" })
  socket:on("close", function() server:close() end)
end)
