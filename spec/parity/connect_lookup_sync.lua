-- a lookup that answers at once: 'lookup' and 'connectionAttempt' come inside connect()
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done)
    p.log("asked for", host)
    done(nil, "127.0.0.1", 4)
    p.log("told")
  end
  local socket = p.trace("socket", net.Socket(), { "lookup", "connectionAttempt", "connect", "ready", "close" })
  socket:connect({ port = port, host = "some.name", lookup = lookup, autoSelectFamily = false })
  p.log("connect returned", socket.connecting)
  socket:resume():on("close", function() server:close() end)
end)
