-- bind({ fd }) of what is no UDP socket: thrown
local dgram = require "dgram"
local net = require "net"
local p = require "prelude"

p.attempt("nothing", function() return dgram.createSocket("udp4"):bind({ fd = 900 }) end)
p.attempt("callback", function() return dgram.createSocket("udp6"):bind({ fd = 901 }, function() p.log("never") end) end)
p.attempt("exclusive", function()
  return dgram.createSocket("udp4"):bind({ fd = 900, exclusive = true, port = 5, address = "127.0.0.1" })
end)
local server; server = net.createServer():listen(0, function()
  p.attempt("a server", function() return dgram.createSocket("udp4"):bind({ fd = server.fd }) end)
  server:close()
end)
for _, fd in ipairs({ 0, -1, "900", 1.5 }) do -- no descriptor at all: as if it were not there
  local socket = dgram.createSocket("udp4")
  socket:bind({ fd = fd, address = "127.0.0.1" }, function()
    p.log(fd, socket:address().address)
    socket:close()
  end)
end
