-- address() before, while and after bind(), and with a peer
local dgram = require "dgram"
local p = require "prelude"

local unbound = dgram.createSocket("udp4")
local _, err = pcall(function() unbound:address() end)
p.log(err, err.name, err.code, err.errno, err.syscall, err.address, err.port)
local socket = dgram.createSocket("udp4")
socket:bind(0, function()
  p.mask(socket:address().port, "PORT")
  p.log(socket:address())
  p.log(socket:address() == socket:address())
  socket:connect(9, "127.0.0.1", function()
    p.log("connected", socket:address())
    socket:close()
    p.attempt("closed", function() return socket:address() end)
  end)
end)
p.attempt("binding", function() return socket:address() end)
