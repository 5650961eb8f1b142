-- bind() of an IPv6 socket: everywhere and on the loopback, by name and by number
local dgram = require "dgram"
local p = require "prelude"

local forms = { {}, { 0, "::1" }, { 0, "0:0:0:0:0:0:0:1" }, { 0, "::ffff:127.0.0.1" }, { { port = 0, address = "::" } } }
local function next()
  if #forms == 0 then return end
  local socket = dgram.createSocket("udp6")
  local arguments = table.remove(forms, 1)
  arguments[#arguments + 1] = function()
    p.mask(socket:address().port, "PORT")
    p.log(socket:address())
    socket:close(next)
  end
  socket:bind(table.unpack(arguments))
end
next()
