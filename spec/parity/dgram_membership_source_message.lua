-- of a group that is joined for one source, only what comes from there is heard
local dgram = require "dgram"
local p = require "prelude"

local member = dgram.createSocket("udp4")
local here = dgram.createSocket("udp4")
local there = dgram.createSocket("udp4")
member:on("message", function(message, info)
  p.log("member", message, info.address)
  for _, each in ipairs({ member, here, there }) do each:close() end
end)
member:bind(0, function()
  here:bind(0, "127.0.0.1", function()
    there:bind(0, "127.0.0.2", function()
      local port = member:address().port
      member:addSourceSpecificMembership("127.0.0.2", "232.1.1.1", "127.0.0.1")
      here:setMulticastInterface("127.0.0.1")
      there:setMulticastInterface("127.0.0.1")
      here:send("from here", port, "232.1.1.1", function(err, bytes)
        p.log("sent", err, bytes)
        there:send("from there", port, "232.1.1.1", function(second, size) p.log("sent", second, size) end)
      end)
    end)
  end)
end)
