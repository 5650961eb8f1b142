-- a signal that is aborted already, and one aborted right after listen(): closed by tick, never 'listening'
local net = require "net"
local p = require "prelude"

local first = p.trace("first", net.createServer(), { "listening", "close", "error" })
p.log(first:listen({ port = 0, signal = AbortSignal.abort() }) == first)
local second = p.trace("second", net.createServer(), { "listening", "close", "error" })
local controller = AbortController()
second:listen({ port = 0, signal = controller.signal })
controller:abort()
p.log(second.listening)
process.nextTick(function() p.log("tick", first.listening) end)
