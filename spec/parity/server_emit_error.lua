-- 'error' emitted by the script: the listener gets it, the server still listens; any event can be emitted by hand
local net = require "net"
local p = require "prelude"

local server = p.trace("server", net.createServer(), { "error", "close", "custom", "connection" })
server:listen(0, function()
  p.log(server:emit("error", Error("by hand")), server.listening)
  p.log(server:emit("custom", 1, nil, "three"), server:emit("nobody"))
  p.log(server:emit("connection", "not a socket"))
  server:close()
end)
