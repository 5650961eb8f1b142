-- a message to a name that is being looked up is overtaken by one to an address
local dgram = require "dgram"
local p = require "prelude"

local function lookup(host, family, done)
  if host ~= "some.name" then return process.nextTick(done, nil, host, family) end
  setImmediate(done, nil, "127.0.0.1", 4)
end
local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message)
  if message == "to a name" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket({ type = "udp4", lookup = lookup })
  client:bind(0, "127.0.0.1", function()
    client:send("to a name", port, "some.name", function()
      p.log("sent to a name")
      client:close()
    end)
    client:send("to an address", port, "127.0.0.1", function() p.log("sent to an address") end)
  end)
end)
