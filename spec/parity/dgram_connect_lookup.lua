-- connect() to a name asks the option lookup; its error is told, one that it throws is thrown
local dgram = require "dgram"
local p = require "prelude"

local failure = Error("no such name")
local function lookup(host, family, done)
  if host:sub(-5) ~= ".name" then return process.nextTick(done, nil, host, family) end
  p.log("lookup", host, family, type(done))
  if host == "throwing.name" then error(RangeError("no names here"), 0) end
  setImmediate(done, host == "bad.name" and failure or nil, host == "wrong.name" and "no.ip" or "127.0.0.1", 4)
end
local socket = p.trace("socket", dgram.createSocket({ type = "udp4", lookup = lookup }), { "connect", "error", "close" })
socket:bind(0, "127.0.0.1", function()
  socket:connect(9, "bad.name", function(err)
    p.log("callback", err == failure)
    socket:connect(9, "wrong.name", function(second)
      p.log(second, second.address, second.port)
      socket:connect(9, "good.name", function()
        p.log(socket:remoteAddress())
        socket:disconnect()
        p.attempt("throws", function() return socket:connect(9, "throwing.name") end)
        socket:close()
      end)
    end)
  end)
  p.log("connect returned")
end)
