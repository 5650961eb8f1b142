-- net.connect(): what throws at once: no destination, bad ports
local net = require "net"
local p = require "prelude"

p.attempt("nothing", function() return net.connect() end)
p.attempt("empty", function() return net.connect({}) end)
p.attempt("host alone", function() return net.connect({ host = "127.0.0.1" }) end)
p.attempt("true", function() return net.connect(true) end)
p.attempt("port boolean", function() return net.connect({ port = true }) end)
p.attempt("port object", function() return net.connect({ port = {} }) end)
p.attempt("port -1", function() return net.connect(-1) end)
p.attempt("port 65536", function() return net.connect({ port = 65536 }) end)
p.attempt("port 1.5", function() return net.connect({ port = 1.5 }) end)
p.attempt("port word", function() return net.connect({ port = "http" }) end)
p.attempt("port empty", function() return net.connect("") end)
p.attempt("path number", function() return net.connect({ path = 5 }) end)
p.attempt("path boolean", function() return net.connect({ path = true }) end)
local socket = net.Socket()
p.attempt("method, nothing", function() return socket:connect() end)
p.attempt("method, port", function() return socket:connect(-1) end)
p.attempt("method, path", function() return socket:connect({ path = 5 }) end)
p.attempt("createConnection", function() return net.createConnection({}) end)
