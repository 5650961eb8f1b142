-- a port may be a string of digits
local dgram = require "dgram"
local p = require "prelude"

local holder = dgram.createSocket("udp4")
holder:bind(0, "127.0.0.1", function()
  local port = holder:address().port
  p.mask(port, "PORT")
  local socket = dgram.createSocket("udp4")
  socket:once("error", function(err)
    p.log(err)
    socket:once("error", function(second)
      p.log(second)
      socket:close()
      holder:close()
    end)
    socket:bind({ port = tostring(port), address = "127.0.0.1" })
  end)
  socket:bind(tostring(port), "127.0.0.1")
end)
