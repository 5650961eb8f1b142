-- what arrives before a 'data' listener waits for it; then comes the end
local net = require "net"
local p = require "prelude"

local socket
local function later()
  p.log(socket.readableLength, socket.bytesRead, socket.readableFlowing, socket:isPaused(), socket.readyState)
  socket:on("data", function(chunk) p.log("data", chunk, socket.readableLength) end)
  p.log("added", socket.readableFlowing)
end
local server = net.createServer(function(peer)
  peer:finish("hello", function() setTimeout(function() setTimeout(later, 10) end, 10) end)
end)
server:listen(0, "127.0.0.1", function()
  socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "close" })
  socket:on("close", function() server:close() end)
end)
