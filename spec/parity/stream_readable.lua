-- 'readable' and read(): all that is buffered, then nil; at the end 'readable' once more, then 'end'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:write("hello")
  peer:on("data", function() peer:finish() end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket.readableFlowing)
  socket:on("readable", function()
    p.log("readable", socket.readableLength, socket.readableFlowing)
    local chunk = socket:read()
    while chunk ~= nil do
      p.log("read", chunk, socket.readableLength)
      socket:write("more")
      chunk = socket:read()
    end
    p.log("nothing left")
  end)
  p.log(socket.readableFlowing)
  p.trace("socket", socket, { "data", "end", "close" })
  socket:on("close", function() server:close() end)
end)
