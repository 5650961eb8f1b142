-- a lookup that fails: the very same error for the callback, without one 'error'; one that throws throws out of send()
local dgram = require "dgram"
local p = require "prelude"

local failure = Error("no such name")
local function lookup(host, family, done)
  if host:sub(-5) ~= ".name" then return process.nextTick(done, nil, host, family) end
  if host == "throwing.name" then error(RangeError("no names here"), 0) end
  done(failure)
end
local socket = p.trace("socket", dgram.createSocket({ type = "udp6", lookup = lookup }), { "listening", "error", "close" })
socket:bind(0, "::1", function()
  socket:send("x", 9, "some.name", function(err, ...)
    p.log("callback", err, err == failure, select("#", ...))
    socket:send("x", 9, "some.name")
    process.nextTick(function() p.log("tick") end)
    socket:once("error", function(second)
      p.log(second == failure)
      p.attempt("throws", function() return socket:send("x", 9, "throwing.name", function() p.log("never") end) end)
      socket:close()
    end)
  end)
  p.log("send returned")
end)
