-- an emit of one's own sees the events that the runtime emits; without arguments where there are none
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(socket)
  p.log("listener")
  socket:destroy()
  server:close()
end)
local emit = server.emit
server.emit = function(self, name, ...)
  p.log("emit", name, select("#", ...))
  return emit(self, name, ...)
end
server:on("close", function() p.log("closed") end)
server:listen(0, "127.0.0.1", function() net.connect(server:address().port, "127.0.0.1"):resume() end)
