-- a well-known name, for bind(), send() and connect()
local dgram = require "dgram"
local p = require "prelude"

local client = dgram.createSocket("udp4")
local server = dgram.createSocket("udp4")
server:bind(0, "localhost", function()
  p.log(server:address().address)
  local port = server:address().port
  server:once("message", function(message, info)
    p.log("message", message, info.address)
    client:connect(port, "localhost", function()
      p.log(client:remoteAddress().address)
      server:once("message", function(second)
        p.log("message", second)
        server:close()
      end)
      client:send("connected", function() client:close() end)
    end)
  end)
  client:send("by name", port, "localhost", function(err, bytes) p.log("sent", err, bytes) end)
end)
