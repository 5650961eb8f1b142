-- a custom lookup with `all` (autoSelectFamily): one 'lookup' event for each address
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done)
    p.log("asked for", host, options.family or 0, options.all or false)
    setImmediate(function()
      done(nil, { { address = "127.0.0.1", family = 4 }, { address = "127.0.0.2", family = 4 } })
      p.log("told")
    end)
  end
  local socket = net.connect({ port = port, host = "some.name", lookup = lookup })
  p.trace("socket", socket, { "lookup", "connectionAttempt", "connectionAttemptFailed", "connect", "ready", "close" })
  socket:on("connect", function() p.log(socket.remoteAddress, socket.autoSelectFamilyAttemptedAddresses) end)
  socket:resume():on("close", function() server:close() end)
end)
