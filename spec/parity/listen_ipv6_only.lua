-- ipv6Only: IPv4 clients are refused, IPv6 clients come in
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(socket)
  p.log("connection", socket.remoteAddress, socket.remoteFamily)
  socket:destroy()
  server:close(function() p.log("closed") end)
end)
server:listen({ port = 0, host = "::", ipv6Only = true }, function()
  p.mask(server:address().port, "PORT")
  p.log(server:address())
  net.connect(server:address().port, "127.0.0.1"):on("error", function(err)
    p.log(err)
    net.connect(server:address().port, "::1"):resume()
  end)
end)
