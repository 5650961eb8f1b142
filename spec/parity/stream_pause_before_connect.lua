-- pause() before the connection: no data although there is a listener, until resume()
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish("hello") end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket:pause(), { "connect", "ready", "pause", "resume", "data", "end", "close" })
  p.log(socket:isPaused(), socket.readableFlowing)
  socket:on("ready", function() setTimeout(function()
    p.log("resume", socket.readableFlowing, socket.readyState)
    socket:resume()
  end, 20) end)
  socket:on("close", function() server:close() end)
end)
