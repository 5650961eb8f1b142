-- close() while a name is looked up for bind() or connect(): 'close' alone, the answer is too late
local dgram = require "dgram"
local p = require "prelude"

local function lookup(host, family, done)
  if host ~= "some.name" then return process.nextTick(done, nil, host, family) end
  setImmediate(function()
    p.log("answer")
    done(nil, "127.0.0.1", 4)
  end)
end
local first = p.trace("first", dgram.createSocket({ type = "udp4", lookup = lookup }), { "listening", "error", "close" })
first:bind(0, "some.name", function() p.log("never") end)
first:close()
local second = p.trace("second", dgram.createSocket({ type = "udp4", lookup = lookup }), { "listening", "connect", "error", "close" })
second:bind(0, "127.0.0.1", function()
  second:connect(1, "some.name", function() p.log("never") end)
  second:close()
end)
