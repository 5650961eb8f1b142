-- a message to a group reaches its members, with setMulticastLoopback(false) nobody here
local dgram = require "dgram"
local p = require "prelude"

local member = dgram.createSocket("udp4")
local other = dgram.createSocket("udp4")
member:on("message", function(message, info)
  p.log("member", message, info.address)
  if message == "direct" then
    member:close()
    other:close()
  end
end)
other:on("message", function(message) p.log("other", message) end)
member:bind(0, function()
  other:bind(0, function()
    local port = member:address().port
    member:addMembership("239.1.2.3", "127.0.0.1")
    other:setMulticastInterface("127.0.0.1")
    other:send("to the group", port, "239.1.2.3", function(err, bytes)
      p.log("sent", err, bytes)
      member:dropMembership("239.1.2.3", "127.0.0.1")
      other:send("nobody there", port, "239.1.2.4", function() other:send("direct", port, "127.0.0.1") end)
    end)
  end)
end)
