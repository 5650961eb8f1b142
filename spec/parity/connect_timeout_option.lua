-- the option timeout starts the idle timer before connecting: a slow lookup is idleness too
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local answer
  local function lookup(host, options, done) answer = done end
  local options = { port = server:address().port, host = "some.name", lookup = lookup, autoSelectFamily = false, timeout = 20 }
  local socket = net.connect(options)
  p.log(socket.timeout, socket.connecting)
  p.trace("socket", socket, { "connect", "timeout", "end", "close" })
  socket:once("timeout", function()
    p.log(socket.readyState, socket.timeout)
    socket:setTimeout(0)
    answer(nil, "127.0.0.1", 4)
    socket:finish()
  end)
  socket:on("close", function() server:close() end)
end)
