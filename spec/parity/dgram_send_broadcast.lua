-- a broadcast address wants setBroadcast(true)
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
socket:on("message", function(message)
  p.log("message", message)
  socket:close()
end)
socket:bind(0, function()
  local port = socket:address().port
  p.mask(port, "PORT")
  socket:send("no", port, "127.255.255.255", function(err, bytes)
    p.log(err, bytes, err.code, err.syscall, err.address)
    p.log((socket:setBroadcast(true)))
    socket:send("yes", port, "127.255.255.255", function(second, size) p.log("sent", second, size) end)
  end)
end)
