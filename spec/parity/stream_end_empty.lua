-- the end of a peer that sent nothing is noticed without any listener for data
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "readable", "end", "finish", "close" })
  socket:on("end", function() p.log(socket.readableFlowing, socket.readableEnded, socket.bytesRead) end)
  socket:on("close", function() server:close() end)
end)
