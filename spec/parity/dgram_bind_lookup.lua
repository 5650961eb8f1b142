-- the option lookup is asked for the name that bind() was given
local dgram = require "dgram"
local p = require "prelude"

local function lookup(host, family, done)
  if host ~= "some.name" then return process.nextTick(done, nil, host, family) end
  p.log("lookup", host, family, type(done))
  setImmediate(function()
    p.log("answer")
    done(nil, "127.0.0.1", 4)
  end)
end
local socket = p.trace("socket", dgram.createSocket({ type = "udp4", lookup = lookup }), { "listening", "error", "close" })
socket:bind(0, "some.name", function()
  p.log("callback", socket:address().address)
  socket:close()
end)
p.log("bind returned")
p.attempt("address", function() return socket:address() end)
process.nextTick(function() p.log("tick") end)
