-- send() to a name asks the option lookup, once for each message
local dgram = require "dgram"
local p = require "prelude"

local function lookup(host, family, done)
  if host:sub(-5) ~= ".name" then return process.nextTick(done, nil, host, family) end
  p.log("lookup", host, family, type(done))
  setImmediate(function() done(nil, host == "bad.name" and "no.ip" or "127.0.0.1", 4) end)
end
local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message == "b" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local client = p.trace("client", dgram.createSocket({ type = "udp4", lookup = lookup }), { "listening", "error", "close" })
  client:bind(0, "127.0.0.1", function()
    client:send("a", port, "first.name", function(err, bytes)
      p.log("sent", err, bytes)
      client:send("x", port, "bad.name", function(second, size)
        p.log(second, size, second.address, second.port)
        client:send("b", port, "second.name", function() client:close() end)
      end)
    end)
    p.log("send returned")
  end)
end)
