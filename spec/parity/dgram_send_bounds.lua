-- send(message, offset, length) outside of the message: thrown
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
for _, case in ipairs({ { 6, 0 }, { 5, 1 }, { 0, 6 }, { 1, 5 }, { 4, 2 }, { -1, 1 }, { 0, -1 }, { -1, -1 }, { 4294967295, 1 },
  { 0, 4294967295 }, { 6, 6 }, { 1, 4294967295 }, { 2147483648, 2147483648 }, { "6", 1 }, { 0, "6" }, { 100, 0 } }) do
  local offset, length = table.unpack(case)
  p.attempt(("%s %s"):format(offset, length), function()
    return socket:send("abcde", offset, length, 1, "127.0.0.1", function() p.log("never") end)
  end)
end
p.attempt("empty", function() return socket:send("", 0, 1, 1) end)
p.attempt("empty, offset", function() return socket:send("", 1, 0, 1) end)
p.attempt("bytes", function() return socket:send("h\u{e9}", 0, 4, 1) end)
p.attempt("sendto", function() return socket:sendto("abcde", 0, 6, 1, "127.0.0.1") end)
p.attempt("bounds before port", function() return socket:send("abcde", 0, 6, 65536) end)
p.attempt("port before address", function() return socket:send("abcde", 0, 5, 65536, 5) end)
p.attempt("address", function() return socket:address() end)
