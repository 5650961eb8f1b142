-- allowHalfOpen of a client: the server's end does not end our side; readyState says writeOnly
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer({ allowHalfOpen = true }, function(peer)
  peer:on("data", function(chunk) heard = heard .. chunk end)
  peer:finish("question")
end)
server:listen(0, "127.0.0.1", function()
  local options = { port = server:address().port, host = "127.0.0.1", allowHalfOpen = true }
  local socket = p.trace("socket", net.connect(options), { "data", "end", "prefinish", "finish", "close" })
  p.log(socket.allowHalfOpen)
  socket:on("end", function()
    p.log(socket.readyState, socket.writable, socket.readable)
    setTimeout(function()
      p.log("write", socket:write("late "))
      socket:finish("answer")
      p.log(socket.readyState, socket.writable, socket.readable)
    end, 10)
  end)
  socket:on("close", function() server:close(function() p.log("server heard", heard) end) end)
end)
