-- messages that send() refuses: what is no string, and lists of what is none
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
for _, message in ipairs({ 5, 1.5, true, false }) do
  p.attempt(tostring(message), function() return socket:send(message, 1, "127.0.0.1") end)
  p.attempt("with length", function() return socket:send(message, 0, 1, 1, "127.0.0.1") end)
end
p.attempt("nothing", function() return socket:send(nil, 1) end)
p.attempt("nothing, with length", function() return socket:send(nil, 0, 0, 1, "127.0.0.1") end)
p.attempt("nothing at all", function() return socket:send() end)
p.attempt("function", function() return socket:send(function() end, 1) end)
p.attempt("list of a number", function() return socket:send({ 5 }, 1) end)
p.attempt("list with a number", function() return socket:send({ "a", "b", 5 }, 1, "127.0.0.1", function() p.log("never") end) end)
p.attempt("list with true", function() return socket:send({ true, "a" }, 1) end)
p.attempt("list of lists", function() return socket:send({ { "a" }, { "b" } }, 1) end)
p.attempt("list with an object", function() return socket:send({ "a", {} }, 1) end)
p.attempt("list, with length", function() return socket:send({ "a", "b" }, 0, 1, 1, "127.0.0.1") end)
p.attempt("empty list, with length", function() return socket:send({}, 0, 0, 1) end)
p.attempt("address", function() return socket:address() end)
