-- connect() that fails: the callback alone, without one 'error'; then it may be tried again
local dgram = require "dgram"
local p = require "prelude"

local cases = { { "udp4", "::1" }, { "udp6", "127.0.0.1" }, { "udp4", "no..name" }, { "udp6", "no..name" } }
local function next()
  if #cases == 0 then return end
  local type, address = table.unpack(table.remove(cases, 1))
  local socket = p.trace(type, dgram.createSocket(type), { "listening", "connect", "error", "close" })
  socket:connect(9, address, function(...)
    local err = ...
    p.log("callback", select("#", ...), err, err.code, err.errno, err.syscall, err.address, err.port, err.hostname)
    p.log(socket:listenerCount("connect"))
    p.attempt("remoteAddress", function() return socket:remoteAddress() end)
    socket:once("error", function(second)
      p.log(second.code)
      socket:connect(9, "", function(...)
        p.log("callback", select("#", ...))
        socket:close(next)
      end)
    end)
    socket:connect(9, address)
    p.log("connect returned")
  end)
end
next()
