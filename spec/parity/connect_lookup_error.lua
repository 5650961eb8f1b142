-- a lookup that fails: 'lookup' with the error, then 'error' with the very same, then 'close'
local net = require "net"
local p = require "prelude"

local failure = Error("no such name")
local function lookup(host, options, done) return setImmediate(function() done(failure) end) end
local function run(name, auto, after)
  local socket = net.connect({ port = 8080, host = "some.name", lookup = lookup, autoSelectFamily = auto })
  socket:on("lookup", function(err, address, family, host) p.log(name, "lookup", err, address, family, host) end)
  p.trace(name, socket, { "connectionAttempt", "error", "close" })
  socket:on("error", function(err) p.log(name, err == failure, socket.destroyed, socket.connecting) end)
  socket:on("close", function() after() end)
end
run("single", false, function() run("auto", true, function() p.log("done") end) end)
