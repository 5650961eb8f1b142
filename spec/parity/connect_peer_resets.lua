-- the peer resets at once: 'connect', then 'error' read ECONNRESET and 'close'(true)
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:once("data", function() peer:resetAndDestroy() end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "connect", "ready", "data", "end", "finish", "error", "close" })
  socket:on("error", function(err)
    p.log(err.code, err.syscall, err.errno, err.address, err.port)
    p.log(socket.readyState, socket.destroyed, socket.readableEnded, socket.writableEnded)
  end)
  socket:on("close", function() server:close() end)
  socket:write("reset me")
end)
