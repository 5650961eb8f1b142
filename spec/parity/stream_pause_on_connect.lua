-- pauseOnConnect: readableFlowing and isPaused of the accepted socket, and a 'data' listener does not resume it
local net = require "net"
local p = require "prelude"

local server; server = net.createServer({ pauseOnConnect = true }, function(peer)
  p.log(peer:isPaused(), peer.readableFlowing, peer.readableLength, peer.bytesRead)
  p.trace("peer", peer, { "pause", "resume", "data", "end", "close" })
  setTimeout(function()
    p.log(peer:isPaused(), peer.readableFlowing, peer.readableLength, peer.bytesRead)
    peer:resume()
    p.log(peer:isPaused(), peer.readableFlowing)
  end, 20)
  peer:on("close", function() server:close() end)
end)
server:listen(0, "127.0.0.1", function()
  net.connect(server:address().port, "127.0.0.1"):resume():finish("hello")
end)
