-- destroy() in 'data': nothing more is delivered, not even what is buffered, no 'end'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:on("error", function() end)
  peer:resume():finish(("x"):rep(300000))
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local chunks = 0
  socket:on("data", function()
    chunks = chunks + 1
    socket:destroy()
    p.log(socket.destroyed, socket.readyState)
  end)
  p.trace("socket", socket, { "end", "finish", "error", "close" })
  socket:on("close", function()
    p.log("chunks", chunks)
    server:close()
  end)
end)
