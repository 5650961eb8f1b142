-- end() uncorks, however often it was corked; before the connection too
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "drain", "prefinish", "finish", "end", "close" })
  socket:cork()
  socket:cork()
  socket:write("one ", function() p.log("one") end)
  socket:on("ready", function() setImmediate(function()
    p.log(socket:write("two ", function() p.log("two") end), socket.writableLength, socket.writableCorked)
    socket:finish("three", function() p.log("end") end)
    p.log(socket.writableCorked, socket.writableLength)
  end) end)
  socket:on("close", function() server:close(function() p.log("heard", heard) end) end)
end)
