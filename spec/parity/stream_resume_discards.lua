-- resume() without a listener throws the data away; without either nothing ends
local net = require "net"
local p = require "prelude"

local socket
local function later()
  p.log(socket.readableLength, socket.readyState, socket.destroyed, socket.writableEnded, socket.readableEnded)
  socket:resume()
  p.log(socket.readableFlowing)
end
local server = net.createServer(function(peer)
  peer:finish("hello", function() setTimeout(function() setTimeout(later, 10) end, 10) end)
end)
server:listen(0, "127.0.0.1", function()
  socket = p.trace("socket", net.connect(server:address().port, "127.0.0.1"), { "resume", "end", "close" })
  socket:on("close", function()
    p.log(socket.bytesRead, socket.readableLength)
    server:close()
  end)
end)
