-- every byte of a large answer comes before 'end', whatever its chunks; bytesRead agrees
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:resume()
  peer:write(("a"):rep(100000))
  peer:write(("b"):rep(1000000))
  peer:finish("c")
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local total = 0
  socket:on("data", function(chunk) total = total + #chunk end)
  socket:on("end", function() p.log("end", total, socket.bytesRead) end)
  socket:on("close", function()
    p.log("close", total, socket.bytesRead, socket.bytesWritten)
    server:close()
  end)
end)
