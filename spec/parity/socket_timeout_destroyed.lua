-- no 'timeout' after destroy(); the timer keeps nothing alive
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "timeout", "close" })
  socket:on("connect", function()
    socket:setTimeout(20)
    socket:destroy()
    p.log(socket.timeout)
  end)
  socket:on("close", function() setTimeout(function()
    p.log("later", socket.timeout)
    server:close()
  end, 40) end)
end)
local fresh = net.Socket()
p.log(fresh.timeout, fresh:setTimeout(20000, function() p.log("never") end), fresh.timeout)
