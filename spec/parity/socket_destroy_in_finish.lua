-- destroy() in 'finish': the answer of the peer is not awaited
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer({ allowHalfOpen = true }, function(peer)
  peer:on("error", function() end)
  peer:on("data", function(chunk) heard = heard .. chunk end)
  peer:on("end", function() peer:finish() end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("finish", function()
    p.log("finish", socket.writableFinished)
    socket:destroy()
  end)
  p.trace("socket", socket, { "end", "finish", "error", "close" })
  socket:finish("all of it", function() p.log("end callback") end)
  socket:on("close", function() server:close(function() p.log("server heard", heard) end) end)
end)
