-- send() of an unbound socket binds it to a free port: 'listening', then the callback
local dgram = require "dgram"
local p = require "prelude"

local server, port
server = dgram.createSocket("udp4", function(message, info)
  p.log("message", message, info.address, info.port == port)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local client = p.trace("client", dgram.createSocket("udp4"), { "error", "close" })
  client:on("listening", function(...)
    port = client:address().port
    p.log("listening", select("#", ...), client:address().address, client:address().family, port > 0)
  end)
  client:send("hello", server:address().port, "127.0.0.1", function(err, bytes)
    p.log("sent", err, bytes)
    client:close()
  end)
  p.attempt("address", function() return client:address() end)
  process.nextTick(function() p.log("tick") end)
end)
