-- a name that is not known: the callback, without one 'error'
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
socket:send("x", 9, "no..name", function(err, bytes)
  p.log(err, bytes, err.code, err.errno, err.syscall, err.hostname)
  socket:once("error", function(second)
    p.log(second.code, second.hostname, socket:address().port > 0)
    socket:close()
  end)
  socket:send("x", 9, "no..name")
end)
