-- listen() directly after close(), before its 'close': allowed, both events come
local net = require "net"
local p = require "prelude"

local server = p.trace("server", net.createServer(), { "listening", "close" })
server:listen(0, function()
  server:close(function(err) p.log("first closed", err, server.listening) end)
  server:listen(0, function()
    p.log("second listening")
    server:close(function(err) p.log("second closed", err, server.listening) end)
  end)
  p.log("again", server.listening)
end)
