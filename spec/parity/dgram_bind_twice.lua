-- bind() of a socket that is bound, or will be: thrown, and its callback is not kept
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:bind(0, "127.0.0.1", function()
  p.log("callback")
  local port = socket:address().port
  p.attempt("bound", function() return socket:bind(0) end)
  p.attempt("same port", function() return socket:bind(port, "127.0.0.1", function() p.log("never") end) end)
  p.attempt("options", function() return socket:bind({ port = 0 }, function() p.log("never") end) end)
  p.log(socket:address().port == port, socket:listenerCount("listening"), socket:listenerCount("error"))
  socket:close()
end)
p.attempt("binding", function() return socket:bind(0, function() p.log("never") end) end)
p.attempt("nothing", function() return socket:bind() end)
p.log(socket:listenerCount("listening"))
