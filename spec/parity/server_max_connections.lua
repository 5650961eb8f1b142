-- maxConnections: one too many gets 'drop', its client sees connect, end and close; a free place is used again
local net = require "net"
local p = require "prelude"

local port, first, dropped, server
server = net.createServer(function(socket)
  p.log("connection", server.maxConnections)
  if first then
    socket:destroy()
    return server:close(function() p.log("closed") end)
  end
  first = socket
  local second = p.trace("second", net.connect(port, "127.0.0.1"), { "connect", "end", "close" }):resume()
  second:on("close", function()
    p.log(dropped.localAddress, dropped.localPort, dropped.localFamily)
    p.log(dropped.remoteAddress, dropped.remotePort > 0, dropped.remoteFamily)
    first:destroy()
    net.connect(port, "127.0.0.1"):resume()
  end)
end)
server:on("drop", function(info) dropped = info end)
server.maxConnections = 1
server:listen(0, "127.0.0.1", function()
  port = server:address().port
  p.mask(port, "PORT")
  net.connect(port, "127.0.0.1"):resume()
end)
