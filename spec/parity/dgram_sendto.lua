-- sendto(): all arguments but the callback are wanted, each of its type
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message == "last" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  p.attempt("nothing", function() return client:sendto() end)
  p.attempt("message", function() return client:sendto("x") end)
  p.attempt("offset", function() return client:sendto("x", "0", "1", "80", 5) end)
  p.attempt("length", function() return client:sendto("x", 0, "1", "80", 5) end)
  p.attempt("no length", function() return client:sendto("x", 0) end)
  p.attempt("port", function() return client:sendto("x", 0, 1, "80", 5) end)
  p.attempt("no port", function() return client:sendto("x", 0, 1) end)
  p.attempt("address", function() return client:sendto("x", 0, 1, 80, 5) end)
  p.attempt("no address", function() return client:sendto("x", 0, 1, 80) end)
  p.attempt("callback for address", function() return client:sendto("x", 0, 1, 80, function() p.log("never") end) end)
  p.attempt("port range", function() return client:sendto("x", 0, 1, 0, "127.0.0.1") end)
  p.attempt("message type", function() return client:sendto(5, 0, 1, 80, "127.0.0.1") end)
  p.attempt("bounds", function() return client:sendto("x", 1, 1, 80, "127.0.0.1") end)
  p.attempt("fine", function() return client:sendto("<fine>", 1, 4, port, "127.0.0.1") end)
  client:sendto("last", 0, 4, port, "127.0.0.1", function(err, bytes)
    p.log("sent", err, bytes)
    client:close()
  end)
end)
