-- autoSelectFamily with one address only: no list of attempted addresses; without a host it is 'localhost'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done)
    p.log("asked for", host, options.all)
    setImmediate(function() done(nil, { { address = "127.0.0.1", family = 4 } }) end)
  end
  local socket = net.connect({ port = port, lookup = lookup })
  p.trace("socket", socket, { "lookup", "connectionAttempt", "connect", "close" })
  socket:on("connect", function() p.log(socket.autoSelectFamilyAttemptedAddresses) end)
  socket:resume():on("close", function() server:close() end)
end)
