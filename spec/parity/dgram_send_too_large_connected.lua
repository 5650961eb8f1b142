-- the same of a socket that has a peer: the error names nobody
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local client = p.trace("client", dgram.createSocket("udp4"), { "connect", "error", "close" })
  client:connect(server:address().port, "127.0.0.1", function()
    local large = ("x"):rep(65508)
    client:send(large, function(err, bytes) p.log(err, bytes, err.code, err.errno, err.syscall, err.address, err.port) end)
    client:send(large)
    client:send("small", function(err, bytes)
      p.log("sent", err, bytes)
      client:close()
    end)
  end)
end)
