-- write() and destroy() right after it: what the kernel could take arrives, the callback succeeds
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer)
  peer:on("data", function(chunk) heard = heard .. chunk end)
  peer:on("end", function() p.log("server heard", heard) end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("connect", function()
    p.log(socket:write("good", function(err) p.log("first", err) end), socket:write("bye", function(err) p.log("second", err) end))
    socket:destroy()
    p.log(socket.bytesWritten, socket.writableLength)
  end)
  p.trace("socket", socket, { "drain", "finish", "error", "close" })
  socket:on("close", function() server:close(function() p.log("closed") end) end)
end)
