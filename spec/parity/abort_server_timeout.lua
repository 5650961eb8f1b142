-- AbortSignal.timeout closes a server
local net = require "net"
local p = require "prelude"

local signal = AbortSignal.timeout(20)
local server = p.trace("server", net.createServer(), { "listening", "close", "error" })
server:listen({ port = 0, signal = signal }, function() p.log("callback", signal.aborted) end)
server:on("close", function() p.log(signal.aborted, signal.reason.name, signal.reason.message) end)
