-- an unreferenced socket does not keep the program alive; there is no 'close' then
local dgram = require "dgram"
local p = require "prelude"

process.on("exit", function(code) p.log("exit", code) end)
process.on("beforeExit", function() p.log("beforeExit") end)
for _, when in ipairs({ "before", "in", "behind" }) do
  local socket = p.trace(when, dgram.createSocket("udp4"), { "listening", "close" })
  if when == "before" then socket:unref() end
  socket:bind(0, "127.0.0.1", function()
    if when == "in" then socket:unref() end
    p.log("callback", when)
  end)
  if when == "behind" then socket:unref() end
end
