-- a listener of 'listening' that throws: uncaught, and the socket is bound
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
process.on("uncaughtException", function(err)
  p.log("uncaught", err, socket:address().address)
  p.attempt("bind", function() return socket:bind(0) end)
  socket:send("still alive", socket:address().port, "127.0.0.1")
end)
socket:on("message", function(message)
  p.log("message", message)
  socket:close()
end)
socket:on("listening", function() error(Error("in listening"), 0) end)
socket:bind(0, "127.0.0.1", function() p.log("never") end)
