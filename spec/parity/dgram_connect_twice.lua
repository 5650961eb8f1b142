-- connect() of a socket that has a peer, or will have one: thrown, its callback is not kept
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
socket:connect(9, "127.0.0.1", function()
  p.attempt("connected", function() return socket:connect(10, "127.0.0.1", function() p.log("never") end) end)
  p.attempt("port", function() return socket:connect(0) end)
  p.attempt("address", function() return socket:connect(9, 5) end)
  p.log(socket:remoteAddress().port, socket:listenerCount("connect"))
  socket:close()
  p.attempt("closed", function() return socket:connect(9) end)
end)
p.attempt("connecting", function() return socket:connect(9) end)
p.attempt("callback", function() return socket:connect(9, "127.0.0.1", function() p.log("never") end) end)
process.nextTick(function() p.attempt("tick", function() return socket:connect(9) end) end)
