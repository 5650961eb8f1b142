-- close() in 'connect', and in the callback of a send()
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error", "close" })
  socket:connect(port, "127.0.0.1", function()
    p.log("callback")
    socket:close()
    p.attempt("remoteAddress", function() return socket:remoteAddress() end)
    p.attempt("send", function() return socket:send("x") end)
    local second = p.trace("second", dgram.createSocket("udp4"), { "listening", "close" })
    second:send("x", port, "127.0.0.1", function(err, bytes)
      p.log("sent", err, bytes)
      second:close()
      process.nextTick(function() p.log("tick") end)
    end)
  end)
end)
