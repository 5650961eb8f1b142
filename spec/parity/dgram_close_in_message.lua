-- close() in 'message': the listeners of that event still run, no further message comes
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
server:on("message", function(message)
  p.log("first", message)
  if message == "b" then server:close() end
end)
p.trace("server", server, { "error", "close" })
server:on("message", function(message, info) p.log("second", message, info.size) end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  local sent = 0
  for _, message in ipairs({ "a", "b", "c", "d" }) do
    client:send(message, server:address().port, "127.0.0.1", function()
      sent = sent + 1
      if sent == 4 then client:close() end
    end)
  end
end)
