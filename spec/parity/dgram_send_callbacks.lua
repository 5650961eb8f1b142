-- callbacks of send(): in the order of the sends, each in a tick of its own, with the number of bytes
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message == "after" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  client:bind(0, "127.0.0.1", function()
    for _, message in ipairs({ "a", "bb", "ccc" }) do
      client:send(message, port, "127.0.0.1", function(...)
        p.log("sent", message, select("#", ...), (...), (select(2, ...)))
        process.nextTick(function() p.log("tick of", message) end)
      end)
    end
    client:send("nobody is told", port)
    client:send("after", port, function(err, bytes)
      p.log("sent after", err, bytes)
      client:close()
    end)
    p.log("send returned")
  end)
end)
