-- write() in 'end' still goes out: our side is ended a tick later
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer)
  peer:on("data", function(chunk) heard = heard .. chunk end)
  peer:finish()
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket:resume(), { "prefinish", "finish", "error", "close" })
  socket:on("end", function()
    p.log("end", socket.writable, socket.writableEnded)
    p.log("write", socket:write("last words", function(err) p.log("callback", err) end))
  end)
  socket:on("close", function() server:close(function() p.log("server heard", heard) end) end)
end)
