-- once('message') hears the first one, the other listeners all
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
server:once("message", function(message) p.log("once", message, server:listenerCount("message")) end)
server:on("message", function(message)
  p.log("on", message, server:listenerCount("message"))
  if message == "c" then server:close() end
end)
server:prependOnceListener("message", function(message) p.log("first of all", message) end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  for _, message in ipairs({ "a", "b" }) do client:send(message, server:address().port, "127.0.0.1") end
  client:send("c", server:address().port, "127.0.0.1", function() client:close() end)
end)
