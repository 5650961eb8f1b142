-- ports that send() refuses, in each of its places
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
local bad = { { "nothing", nil }, { "0", 0 }, { "-1", -1 }, { "65536", 65536 }, { "1e300", 1e300 }, { "nan", 0 / 0 },
  { "infinity", 1 / 0 }, { "1.5", 1.5 }, { "empty", "" }, { "spaces", "  " }, { "word", "http" },
  { "large", "65536" }, { "fraction", "80.5" }, { "negative", "-1" }, { "two", "1 2" }, { "true", true }, { "false", false },
  { "object", {} }, { "array", { 1 } } }
for _, case in ipairs(bad) do
  local label, port = table.unpack(case)
  p.attempt(label, function() return socket:send("x", port) end)
  p.attempt("with address", function() return socket:send("x", port, "127.0.0.1", function() p.log("never") end) end)
  p.attempt("with length", function() return socket:send("x", 0, 1, port, "127.0.0.1") end)
end
p.attempt("nothing at all", function() return socket:send("x") end)
p.attempt("address", function() return socket:address() end)
