-- addresses of autoSelectFamily's lookup that make no sense: skipped, and an error when none is left
local net = require "net"
local p = require "prelude"

local wrong = { { address = "1.2.3", family = 4 }, { address = "127.0.0.1", family = 5 } }
local server = net.createServer(function(peer) peer:finish() end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function run(name, addresses, after)
    local function lookup(host, options, done) return setImmediate(function() done(nil, addresses) end) end
    local socket = net.connect({ port = port, host = "some.name", lookup = lookup })
    p.trace(name, socket, { "lookup", "connectionAttempt", "connect", "error", "close" })
    socket:on("close", function() p.log(name, socket.autoSelectFamilyAttemptedAddresses) end)
    socket:resume():on("close", function() after() end)
  end
  local one = { address = "127.0.0.1", family = 4 }
  run("wrong", wrong, function() run("one right", { wrong[1], wrong[2], one }, function() server:close() end) end)
end)
