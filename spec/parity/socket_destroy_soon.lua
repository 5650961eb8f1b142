-- destroySoon(): what is queued goes out, then destroyed without waiting for the peer
local net = require "net"
local p = require "prelude"

local heard = 0
local server = net.createServer({ allowHalfOpen = true }, function(peer)
  peer:on("data", function(chunk) heard = heard + #chunk end)
  peer:on("end", function() peer:finish() end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "prefinish", "finish", "error", "close" })
  socket:write(("x"):rep(100000), function(err) p.log("write", err) end)
  p.log(socket:destroySoon(), socket.destroyed, socket.writable, socket.writableEnded)
  socket:on("close", function() server:close(function() p.log("server heard", heard) end) end)
end)
