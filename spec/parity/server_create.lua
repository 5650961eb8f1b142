-- the ways to make a server; a listener that is not a function is ignored
local net = require "net"
local p = require "prelude"

local listener = function() end
p.log(net.createServer():listenerCount("connection"))
p.log(net.createServer(listener):listenerCount("connection"))
p.log(net.createServer({}):listenerCount("connection"))
p.log(net.createServer({}, listener):listenerCount("connection"))
p.log(net.createServer(nil, listener):listenerCount("connection"))
p.log(net.createServer({}, 5):listenerCount("connection"))
p.log(net.Server():listenerCount("connection"))
p.log(net.Server(listener):listeners("connection")[1] == listener)
local server = net.Server({ allowHalfOpen = true, pauseOnConnect = true }, listener)
p.log(server:listenerCount("connection"), server.listening, server.maxConnections, server:eventNames())
