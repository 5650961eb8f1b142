-- a lookup that throws: out of bind()
local dgram = require "dgram"
local p = require "prelude"

local function lookup(host, family, done)
  if host == "some.name" then error(RangeError("no names here"), 0) end
  done(nil, host, family)
end
local socket = p.trace("socket", dgram.createSocket({ type = "udp4", lookup = lookup }), { "listening", "error", "close" })
p.attempt("bind", function() return socket:bind(0, "some.name") end)
p.attempt("close", function() return socket:close() == socket end)
