-- localAddress and localPort choose our end; an address that is not ours fails with bind
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  p.log("peer", peer.remoteAddress)
  peer:finish():resume()
end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local socket = net.connect({ port = port, host = "127.0.0.1", localAddress = "127.0.0.2" })
  socket:on("connect", function() p.log(socket.localAddress, socket.localFamily, socket.remoteAddress, socket:address().address) end)
  socket:resume():on("close", function()
    local other = net.connect({ port = port, host = "127.0.0.1", localAddress = "203.0.113.1" })
    p.trace("other", other, { "connectionAttempt", "connect", "connectionAttemptFailed", "error", "close" })
    other:on("error", function(err) p.log(err.code, err.errno, err.syscall, err.address, err.port) end)
    other:on("close", function() server:close() end)
  end)
end)
