-- write() when our side has been ended by itself: EPIPE, not write after end
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume():finish() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket:resume(), { "end", "prefinish", "error", "close" })
  socket:on("prefinish", function()
    p.log(socket.writableEnded, socket.writable)
    p.log("write", socket:write("answer", function(err) p.log("callback", err) end))
  end)
  socket:on("close", function() server:close() end)
end)
