-- bind() of a socket that a send() binds: thrown, and the message leaves
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
  socket:send("hello", server:address().port, "127.0.0.1", function() socket:close() end)
  p.attempt("bind", function() return socket:bind(0, function() p.log("never") end) end)
end)
