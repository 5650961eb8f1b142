-- send() in the callback of a send(): its own callback comes later
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message == "4" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  local n = 0
  local function next(err, bytes)
    p.log("sent", n, err, bytes)
    n = n + 1
    if n > 4 then return client:close() end
    client:send(tostring(n), server:address().port, "127.0.0.1", next)
    p.log("sending", n)
    process.nextTick(function() p.log("tick") end)
  end
  client:send("0", server:address().port, "127.0.0.1", next)
end)
