-- a listener of 'message' that throws: uncaught, the listeners behind it are left out, the next messages come
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message ~= "c" then error(Error("in " .. message), 0) end
  server:close()
end)
server:on("message", function(message) p.log("second", message) end)
p.trace("server", server, { "error", "close" })
process.on("uncaughtException", function(err, origin) p.log("uncaught", err, origin) end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  for _, message in ipairs({ "a", "b" }) do client:send(message, server:address().port, "127.0.0.1") end
  client:send("c", server:address().port, "127.0.0.1", function() client:close() end)
end)
