-- ports and addresses that connect() refuses: it may be called again
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "connect", "error" })
local bad = { { "nothing", nil }, { "0", 0 }, { "-1", -1 }, { "65536", 65536 }, { "1e300", 1e300 }, { "nan", 0 / 0 },
  { "infinity", 1 / 0 }, { "1.5", 1.5 }, { "empty", "" }, { "spaces", "  " }, { "word", "http" }, { "large", "65536" },
  { "true", true }, { "false", false }, { "object", {} }, { "array", { 1 } } }
for _, case in ipairs(bad) do
  local label, port = table.unpack(case)
  p.attempt(label, function() return socket:connect(port) end)
  p.attempt("with address", function() return socket:connect(port, "127.0.0.1", function() p.log("never") end) end)
end
p.attempt("callback", function() return socket:connect(function() p.log("never") end) end)
for _, address in ipairs({ 5, true, false }) do
  p.attempt(tostring(address), function() return socket:connect(9, address, function() p.log("never") end) end)
end
p.attempt("object", function() return socket:connect(9, {}) end)
p.attempt("array", function() return socket:connect(9, { "127.0.0.1" }) end)
p.attempt("port first", function() return socket:connect(0, 5) end)
p.log(socket:listenerCount("connect"))
socket:connect(9, "127.0.0.1", function()
  p.log("callback")
  socket:close()
end)
