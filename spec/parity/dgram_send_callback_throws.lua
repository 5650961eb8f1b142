-- a callback of send() that throws: uncaught, the next ones run and the messages arrive
local dgram = require "dgram"
local p = require "prelude"

local messages, server = {}, nil
server = dgram.createSocket("udp4", function(message)
  messages[#messages + 1] = message
  if #messages < 3 then return end
  server:close()
  p.log("messages", messages)
end)
process.on("uncaughtException", function(err) p.log("uncaught", err) end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  for _, message in ipairs({ "a", "b", "c" }) do
    client:send(message, server:address().port, "127.0.0.1", function()
      p.log("sent", message)
      if message == "c" then client:close() end
      error(Error("callback of " .. message), 0)
    end)
  end
end)
