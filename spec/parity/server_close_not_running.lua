-- close() of a server that does not listen: 'close' all the same, the callback gets ERR_SERVER_NOT_RUNNING
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:on("close", function() p.log("close") end)
p.log(server:close(function(err) p.log("callback", err, err.code) end) == server)
process.nextTick(function() p.log("tick after") end)
local silent = net.createServer()
silent:on("close", function() p.log("close without a callback") end)
silent:close()
p.log("end of main")
