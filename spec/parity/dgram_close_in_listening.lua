-- close() in 'listening': the listeners of that event still run, then 'close'
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:on("listening", function()
  p.log("first")
  socket:close(function() p.log("callback of close") end)
end)
p.trace("socket", socket, { "listening", "error", "close" })
socket:bind(0, function()
  p.log("callback of bind")
  p.attempt("address", function() return socket:address() end)
end)
