-- bind() after addMembership() has bound: 'error' EINVAL
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
socket:addMembership("239.1.2.3", "127.0.0.1")
local port = socket:address().port
socket:once("error", function(err)
  p.log(err.code, err.syscall, err.address, err.port, socket:address().port == port)
  socket:close()
end)
socket:bind(0, function() p.log("never") end)
