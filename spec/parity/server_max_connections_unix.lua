-- maxConnections on a Unix socket: 'drop' without an argument
local net = require "net"
local p = require "prelude"

local path = p.tmp("drop.sock")
local server; server = net.createServer(function(socket)
  p.log("connection")
  net.connect(path):resume()
  server:on("drop", function(...)
    p.log("drop", (...))
    socket:destroy()
    server:close(function() p.log("closed") end)
  end)
end)
server.maxConnections = 1
server:listen(path, function() net.connect(path):resume() end)
