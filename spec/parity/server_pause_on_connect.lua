-- pauseOnConnect: the socket comes paused, nothing is delivered before resume()
local net = require "net"
local p = require "prelude"

local server; server = net.createServer({ pauseOnConnect = true }, function(socket)
  p.trace("socket", socket, { "data", "end", "close" })
  p.log("paused", socket:isPaused(), server.pauseOnConnect)
  setTimeout(function()
    p.log("resume", socket.bytesRead)
    socket:resume()
  end, 30)
  socket:on("close", function() server:close() end)
end)
server:listen(0, "127.0.0.1", function()
  net.connect(server:address().port, "127.0.0.1"):resume():finish("hello")
end)
