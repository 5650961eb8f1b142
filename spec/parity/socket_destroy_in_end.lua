-- destroy() in 'end': the other listeners hear it still, our end is not sent, 'close' follows
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish("bye") end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "data" })
  socket:on("end", function()
    socket:destroy()
    p.log("destroyed", socket.readyState, socket.writableEnded)
  end)
  p.trace("socket", socket, { "end", "prefinish", "finish", "error", "close" })
  socket:on("close", function() server:close() end)
end)
