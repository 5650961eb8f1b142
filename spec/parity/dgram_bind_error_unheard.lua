-- a bind() that fails with nobody who listens to 'error' ends the program; a callback of bind() listens
local dgram = require "dgram"
local p = require "prelude"

local holder = dgram.createSocket("udp4")
process.on("exit", function(code) p.log("exit", code) end)
holder:bind(0, "127.0.0.1", function()
  local port = holder:address().port
  p.mask(port, "PORT")
  local socket = dgram.createSocket("udp4")
  socket:bind(port, "127.0.0.1", function() p.log("never") end)
  setImmediate(function()
    p.log("nothing happened", socket:listenerCount("listening"), socket:listenerCount("error"))
    process.once("uncaughtException", function(err)
      p.log("uncaught", err)
      dgram.createSocket("udp4"):bind({ port = port, address = "127.0.0.1" })
    end)
    socket:bind(port, "127.0.0.1")
  end)
end)
