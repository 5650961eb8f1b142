-- the same with no listener at all but 'close'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("close", function(hadError)
    p.log("close", hadError, socket.readableFlowing, socket.readableEnded, socket.writableFinished)
    server:close()
  end)
end)
