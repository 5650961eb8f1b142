-- close() of a closed socket: thrown; its callback is a listener nevertheless
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "close" })
socket:bind(0, function()
  socket:close(function()
    p.log("callback")
    p.attempt("closed", function() return socket:close(function() p.log("never") end) end)
  end)
  p.attempt("closing", function() return socket:close() end)
  p.attempt("with a callback", function() return socket:close(function() p.log("callback of the second") end) end)
  p.log(socket:listenerCount("close"))
end)
