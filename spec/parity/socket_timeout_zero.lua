-- setTimeout(0) switches the timer off, with its callback if that is given; a new one replaces the old
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local function never() return p.log("never") end
  socket:on("connect", function()
    socket:setTimeout(10, never)
    p.log(socket:listenerCount("timeout"), socket.timeout)
    socket:setTimeout(0)
    p.log(socket:listenerCount("timeout"), socket.timeout)
    socket:setTimeout(0, never)
    p.log(socket:listenerCount("timeout"), socket.timeout)
    setTimeout(function()
      socket:setTimeout(5, function() p.log("first") end)
      socket:setTimeout(20, function()
        p.log("second", socket.timeout, socket:listenerCount("timeout"))
        socket:finish()
      end)
    end, 40)
  end)
  socket:on("close", function() server:close() end)
end)
