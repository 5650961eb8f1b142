-- allowHalfOpen of a server: the peer's end does not end our side, an answer still goes out
local net = require "net"
local p = require "prelude"

local server = net.createServer({ allowHalfOpen = true }, function(socket)
  p.trace("socket", socket, { "data", "end", "prefinish", "finish", "close" })
  socket:on("end", function()
    p.log(socket.readyState, socket.writableEnded)
    setTimeout(function()
      p.log("answer", socket.readyState)
      socket:finish("late answer")
      p.log(socket.readyState)
    end, 10)
  end)
end)
server:listen(0, "127.0.0.1", function()
  local client = net.connect(server:address().port, "127.0.0.1")
  local answer = ""
  client:on("data", function(chunk) answer = answer .. chunk end)
  client:on("close", function() server:close() end)
  process.on("exit", function() p.log("client got", answer) end)
  client:finish("question")
end)
