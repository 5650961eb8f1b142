-- every method that takes a listener wants a function
local EventEmitter = require "events"
local net = require "net"
local p = require "prelude"

local emitter = EventEmitter()
for _, method in ipairs({ "on", "addListener", "once", "prependListener", "prependOnceListener", "off", "removeListener" }) do
  p.attempt(method, function() return emitter[method](emitter, "x", 5) end)
end
p.attempt("nothing", function() return emitter:on("x") end)
p.attempt("object", function() return emitter:on("x", {}) end)
p.attempt("array", function() return emitter:on("x", { 1, 2 }) end)
p.attempt("boolean", function() return emitter:on("x", false) end)
p.attempt("long string", function() return emitter:on("x", "this string is longer than twenty-eight characters") end)
p.attempt("server", function() return net.createServer():on("connection", "x") end)
p.attempt("socket", function() return net.Socket():once("data", net.createServer()) end)
p.attempt("process", function() return process.on("exit", 5) end)
p.attempt("count", function() return emitter:listenerCount("x") end)
