-- what is sent while bind() waits leaves after 'listening', in order
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message == "fourth" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = p.trace("client", dgram.createSocket("udp4"), { "listening", "error", "close" })
  client:bind(0, "127.0.0.1", function() p.log("callback") end)
  client:send("first", port, "127.0.0.1", function(err, bytes) p.log("sent first", err, bytes) end)
  client:send("second", port)
  client:send({ "th", "ird" }, port, function(err, bytes) p.log("sent third", err, bytes) end)
  client:send("the fourth", 4, 6, port, "127.0.0.1", function(err, bytes)
    p.log("sent fourth", err, bytes)
    client:close()
  end)
  p.attempt("address", function() return client:address() end)
  process.nextTick(function() p.log("tick") end)
end)
