-- close() right after listen(): 'listening' never fires, close was in order
local net = require "net"
local p = require "prelude"

local server = p.trace("server", net.createServer(), { "listening", "close", "error" })
server:listen(0, function() p.log("listen callback") end)
server:close(function(err) p.log("close callback", err) end)
p.log(server.listening, server:address())
