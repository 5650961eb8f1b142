-- the same over IPv6, and an IPv4 client of a server that listens everywhere
local net = require "net"
local p = require "prelude"

local function serve(host, client, after)
  local server = net.createServer(function(peer)
    p.log("peer", peer.remoteAddress, peer.remoteFamily, peer.localAddress, peer.localFamily)
    peer:finish("go")
  end)
  server:listen(0, host, function()
    p.mask(server:address().port, "PORT")
    local socket = net.connect(server:address().port, client)
    socket:on("data", function() p.log("client", socket.remoteAddress, socket.remoteFamily, socket.localAddress, socket.localFamily) end)
    socket:on("close", function() server:close(function() after() end) end)
  end)
end
serve("::1", "::1", function() serve("::", "127.0.0.1", function() p.log("done") end) end)
