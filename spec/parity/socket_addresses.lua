-- the addresses of both ends, before, while and after the connection is made
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(peer)
  p.mask(peer.remotePort, "CLIENT")
  p.log("peer", peer.remoteAddress, peer.remotePort, peer.remoteFamily, peer:address())
  p.log("peer", peer.localAddress, peer.localPort, peer.localFamily, peer.server == server)
  peer:finish("go")
end)
server:listen(0, "127.0.0.1", function()
  p.mask(server:address().port, "PORT")
  local socket = net.Socket()
  local function show(label)
    p.log(label, socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket:address())
    p.log(label, socket.localAddress, socket.localPort, socket.localFamily, socket.server)
  end
  show("new")
  socket:connect(server:address().port, "127.0.0.1")
  socket:on("data", function() show("open") end)
  socket:on("close", function() server:close() end)
end)
