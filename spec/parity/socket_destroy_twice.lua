-- destroy() and then destroy(err): the second is ignored completely
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "finish", "error", "close" })
  socket:on("ready", function()
    p.log(socket:destroy(), socket:destroy(Error("ignored")))
    p.log(socket.destroyed, socket.errored)
  end)
  socket:on("close", function() server:close() end)
end)
