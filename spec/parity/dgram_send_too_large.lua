-- a message that is too large: EMSGSIZE for the callback, nothing without one; the socket goes on
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local client = p.trace("client", dgram.createSocket("udp4"), { "listening", "error", "close" })
  local large = ("x"):rep(65508)
  client:send(large, port, "127.0.0.1", function(...)
    local err = ...
    p.log(err, select("#", ...), (select(2, ...)))
    p.log(err.code, err.errno, err.syscall, err.address, err.port, err.name)
  end)
  client:send(large, port, "127.0.0.1")
  client:send({ large:sub(2), "xy" }, port, "127.0.0.1", function(err) p.log(err) end)
  client:send(large .. large, 0, 100000, port, "127.0.0.1", function(err) p.log(err) end)
  client:send("small", port, "127.0.0.1", function(err, bytes)
    p.log("sent", err, bytes)
    client:close()
  end)
end)
