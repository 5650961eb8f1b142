-- socket.setTimeout(): the number and the callback; what stays in timeout
local net = require "net"
local p = require "prelude"

local socket = net.Socket()
p.log(socket.timeout)
p.attempt("nothing", function() return socket:setTimeout() end)
p.attempt("string", function() return socket:setTimeout("100") end)
p.attempt("negative", function() return socket:setTimeout(-1) end)
p.attempt("callback", function() return socket:setTimeout(100, 5) end)
p.log(socket:listenerCount("timeout"))
p.attempt("good", function() return socket:setTimeout(1000, function() end) end)
p.log(socket.timeout, socket:listenerCount("timeout"))
p.attempt("fraction", function() return socket:setTimeout(0.5) end)
p.attempt("off", function() return socket:setTimeout(0) end)
p.log(socket.timeout, socket:listenerCount("timeout"))
