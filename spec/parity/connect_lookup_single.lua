-- a custom lookup without `all`: what it is asked, the 'lookup' event, then the attempt
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done)
    p.log("asked for", host, options.family or 0, options.all or false)
    setImmediate(function()
      done(nil, "127.0.0.1", 4)
      p.log("told")
    end)
  end
  local socket = net.connect({ port = port, host = "some.name", lookup = lookup, autoSelectFamily = false })
  p.trace("socket", socket, { "lookup", "connectionAttempt", "connect", "ready", "close" })
  p.log("connect returned", socket.connecting, socket.autoSelectFamilyAttemptedAddresses)
  socket:resume():on("close", function() server:close() end)
end)
