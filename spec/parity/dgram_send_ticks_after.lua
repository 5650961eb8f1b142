-- the callback of a send() and a tick that is asked for behind it, with an address and with a peer
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4"):on("message", function(message) return message == "last" and server:close() end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  client:bind(0, "127.0.0.1", function()
    client:send("x", port, "127.0.0.1", function()
      p.log("sent with an address")
      client:connect(port, "127.0.0.1", function()
        client:send("last", function()
          p.log("sent with a peer")
          client:close()
        end)
        process.nextTick(function() p.log("tick behind the peer") end)
      end)
    end)
    process.nextTick(function() p.log("tick behind the address") end)
  end)
end)
