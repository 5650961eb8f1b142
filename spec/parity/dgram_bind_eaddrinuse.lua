-- a port that is taken: 'error' by tick, no 'close', and bind() may be tried again
local dgram = require "dgram"
local p = require "prelude"

local holder = dgram.createSocket("udp4")
holder:bind(0, "127.0.0.1", function()
  local port = holder:address().port
  p.mask(port, "PORT")
  local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
  socket:once("error", function(err)
    p.log(err.code, err.errno, err.syscall, err.address, err.port, tostring(err))
    p.log(socket:listenerCount("listening"), socket:listenerCount("error"))
    holder:close(function()
      socket:bind(port, "127.0.0.1", function()
        p.log("callback", socket:address())
        socket:close()
      end)
    end)
  end)
  p.log(socket:bind(port, "127.0.0.1", function() p.log("callback of the bind that failed") end) == socket)
  process.nextTick(function() p.log("tick") end)
end)
