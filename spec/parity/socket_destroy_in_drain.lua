-- destroy() in 'drain': the callback of the write is called all the same
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:on("error", function() end)
  peer:resume()
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket:write(("x"):rep(65536), function(err) p.log("write", err) end))
  socket:on("drain", function()
    p.log("drain", socket.writableLength)
    socket:destroy()
  end)
  p.trace("socket", socket, { "drain", "finish", "error", "close" })
  socket:on("close", function() server:close() end)
end)
