-- connect(): what args_connect and args_connect_options leave out - ports as text, and options that are nearly right
local net = require "net"
local p = require "prelude"

for _, port in ipairs({ "65536", "-1", "1.5", "0x", " ", "1e6", "80 81" }) do
  p.attempt("port " .. port, function() return net.connect({ port = port, host = "127.0.0.1" }) end)
end
p.attempt("false", function() return net.connect(false) end)
p.attempt("localAddress short", function() return net.connect({ port = 80, localAddress = "127.0.0" }) end)
p.attempt("family text", function() return net.connect({ port = 80, family = "IPv5" }) end)
p.attempt("attempt time-out -5", function() return net.connect({ port = 80, autoSelectFamilyAttemptTimeout = -5 }) end)
p.attempt("keepAliveInitialDelay", function() return net.connect({ port = 80, keepAliveInitialDelay = "5" }) end)
p.attempt("writableHighWaterMark", function() return net.connect({ port = 80, writableHighWaterMark = 1.5 }) end)
