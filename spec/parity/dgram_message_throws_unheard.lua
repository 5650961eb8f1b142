-- the same with nobody who hears it: the program ends there
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  error(TypeError("in message"), 0)
end)
process.on("exit", function(code) p.log("exit", code) end)
server:bind(0, "127.0.0.1", function()
  for _, message in ipairs({ "a", "b", "c" }) do server:send(message, server:address().port, "127.0.0.1") end
end)
