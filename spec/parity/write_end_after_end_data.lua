-- end(data) after end(): write after end
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:on("error", function() end)
  peer:resume()
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "finish", "end", "error", "close" })
  socket:on("ready", function() setImmediate(function()
    socket:finish()
    p.log("returns", socket:finish("more", function(err) p.log("callback", err) end))
    p.log(socket.destroyed)
  end) end)
  socket:on("close", function() server:close() end)
end)
