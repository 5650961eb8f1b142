-- an address of the other family: EINVAL for the callback, nothing without one
local dgram = require "dgram"
local p = require "prelude"

local cases = { { "udp4", "::1" }, { "udp6", "127.0.0.1" }, { "udp4", "::ffff:127.0.0.1" } }
local function next()
  if #cases == 0 then return end
  local type, address = table.unpack(table.remove(cases, 1))
  local socket = p.trace(type, dgram.createSocket(type), { "listening", "error", "close" })
  socket:send("x", 9, address)
  socket:send("x", 9, address, function(err, bytes)
    p.log(err, bytes, err.code, err.errno, err.syscall, err.address, err.port)
    socket:close(next)
  end)
end
next()
