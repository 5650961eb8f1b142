-- a lookup that answers nonsense: the error is emitted and says what was wrong
local net = require "net"
local p = require "prelude"

local function run(name, ip, family, after)
  local function lookup(host, options, done) return setImmediate(function() done(nil, ip, family) end) end
  local socket = net.connect({ port = 8080, host = "some.name", lookup = lookup, autoSelectFamily = false })
  p.trace(name, socket, { "lookup", "connectionAttempt", "error", "close" })
  socket:on("error", function(err) p.log(err.code, err.host, err.port) end)
  socket:on("close", function() after() end)
end
run("ip", "1.2.3", 4, function() run("family", "127.0.0.1", 5, function() p.log("done") end) end)
