-- options.family goes to the lookup and turns autoSelectFamily off; an IP address asks no lookup
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done)
    p.log("asked for", host, options.family or 0, options.hints, options.all or false)
    setImmediate(function() done(nil, "127.0.0.1", 4) end)
  end
  local first = net.connect({ port = port, host = "some.name", lookup = lookup, family = 4, hints = 0 })
  p.trace("first", first, { "lookup", "connectionAttempt", "connect", "close" })
  first:resume():on("close", function()
    local second = net.connect({ port = port, host = "127.0.0.1", lookup = lookup, family = 4 })
    p.trace("second", second, { "lookup", "connectionAttempt", "connect", "close" })
    second:resume():on("close", function() server:close() end)
  end)
end)
