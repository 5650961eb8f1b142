-- process.exit() in the main chunk: code of exitCode, open servers do not matter
local net = require "net"
local p = require "prelude"

process.exitCode = 4
process.on("exit", function(code) p.log("exit", code) end)
local server = net.createServer():listen(0)
server:on("listening", function() p.log("never") end)
server:on("close", function() p.log("never") end)
process.nextTick(function() p.log("never") end)
p.log("listening", server.listening)
process.exit()
p.log("never")
