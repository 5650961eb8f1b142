-- destroy() with unread data: it is dropped, a listener and resume() get nothing any more, no 'end'
local net = require "net"
local p = require "prelude"

local socket
local function later()
  p.log(socket.readableLength, socket.readable)
  socket:destroy()
  p.log(socket.destroyed, socket.readable, socket.readableEnded)
  socket:resume()
  socket:on("data", function(chunk) p.log("never", chunk) end)
end
local server = net.createServer(function(peer)
  peer:on("error", function() end)
  peer:finish("hello", function() setTimeout(function() setTimeout(later, 10) end, 10) end)
end)
server:listen(0, "127.0.0.1", function()
  socket = p.trace("socket", net.connect(server:address().port, "127.0.0.1"), { "end", "error", "close" })
  socket:on("close", function() server:close() end)
end)
