-- a script that was busy: the idle timer counts from setTimeout(), not from when the loop last looked at the clock
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local start = os.clock()
  while os.clock() - start < 0.2 do end
  socket:setTimeout(150, function()
    p.log(socket.readyState)
    socket:finish()
  end)
  p.trace("socket", socket, { "connect", "timeout", "end", "close" })
  socket:on("close", function() server:close() end)
end)
