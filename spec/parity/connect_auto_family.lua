-- happy eyeballs: the first address refuses, the second is listened on
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done) return setImmediate(function()
    done(nil, { { address = "::1", family = 6 }, { address = "127.0.0.1", family = 4 } })
  end) end
  local socket; socket = net.connect({ port = port, host = "some.name", lookup = lookup }, function()
    p.log(socket.remoteAddress, socket.connecting, socket.autoSelectFamilyAttemptedAddresses)
  end)
  p.trace("socket", socket, { "connectionAttempt", "connectionAttemptFailed", "connect", "ready", "error", "close" })
  socket:on("connectionAttemptFailed", function() p.log(socket.connecting, socket.destroyed, socket.autoSelectFamilyAttemptedAddresses) end)
  socket:resume():on("close", function() server:close() end)
end)
