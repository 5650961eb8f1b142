-- bind() of a closed socket: thrown, before its arguments are looked at
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:close()
p.attempt("closing", function() return socket:bind() end)
socket:on("close", function()
  p.attempt("closed", function() return socket:bind(0, function() p.log("never") end) end)
  p.attempt("port", function() return socket:bind(-1) end)
  p.attempt("options", function() return socket:bind({ fd = 900 }) end)
  p.log(socket:listenerCount("listening"))
end)
