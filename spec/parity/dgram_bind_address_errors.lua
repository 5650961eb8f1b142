-- addresses that cannot be bound: of others, of the other family
local dgram = require "dgram"
local p = require "prelude"

local cases = { { "udp4", "203.0.113.1" }, { "udp4", "::1" }, { "udp6", "127.0.0.1" }, { "udp6", "2001:db8::1" },
  { "udp4", "no..name" } }
local function next()
  if #cases == 0 then return end
  local type, address = table.unpack(table.remove(cases, 1))
  local socket = dgram.createSocket(type)
  socket:on("error", function(err)
    p.log(type, err.name, err.code, err.syscall, err.errno < 0, err.address, err.port, err.hostname, err.message)
    socket:close(next)
  end)
  socket:bind(0, address, function() p.log("never") end)
end
next()
