-- once('data') starts the flow for good: later chunks are lost, the end comes
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:write("first")
  peer:on("data", function() peer:finish("second") end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:once("data", function(chunk)
    p.log("data", chunk)
    socket:write("go on")
  end)
  p.trace("socket", socket, { "pause", "resume", "end", "close" })
  socket:on("end", function() p.log(socket.bytesRead) end)
  socket:on("close", function() server:close() end)
end)
