-- what 'message' carries: the bytes, and who sent how many of them
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message, ...)
  p.log("message", message, select("#", ...), (...))
  if message == ("x"):rep(10) then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  client:bind(0, "127.0.0.2", function()
    p.mask(client:address().port, "PORT")
    local port = server:address().port
    client:send("hello", port, "127.0.0.1")
    client:send("", port, "127.0.0.1")
    client:send(("x"):rep(10), port, "127.0.0.1", function() client:close() end)
  end)
end)
