-- the family is that of the group: an IPv6 socket may be a member of IPv4 groups, an IPv4 socket of none of IPv6
local dgram = require "dgram"
local attempt = require "prelude".attempt

local groups = { "239.1.2.3", "ff02::1:3", "::ffff:239.1.2.3", "nothing" }
local faces = { "127.0.0.1", "::%lo", "nothing" }
local sources = { { "127.0.0.1", "232.1.1.1" }, { "::1", "ff31::1" }, { "::1", "232.1.1.1" }, { "127.0.0.1", "ff31::1" } }
local function run(type, after)
  local socket = dgram.createSocket(type)
  socket:bind(0, function()
    for _, face in ipairs(faces) do
      attempt(("%s setMulticastInterface %s"):format(type, face), function() return socket:setMulticastInterface(face) end)
    end
    for _, face in ipairs(faces) do
      for _, group in ipairs(groups) do
        attempt(("%s add %s %s"):format(type, group, face), function() return socket:addMembership(group, face) end)
        attempt("drop", function() return socket:dropMembership(group, face) end)
      end
      for _, pair in ipairs(sources) do
        local source, group = table.unpack(pair)
        attempt(("%s add %s %s %s"):format(type, source, group, face), function()
          return socket:addSourceSpecificMembership(source, group, face)
        end)
        attempt("drop", function() return socket:dropSourceSpecificMembership(source, group, face) end)
      end
    end
    socket:close(after)
  end)
end
run("udp4", function() run "udp6" end)
