-- bind() again inside of 'error'
local dgram = require "dgram"
local p = require "prelude"

local holder = dgram.createSocket("udp4")
holder:bind(0, "127.0.0.1", function()
  local port = holder:address().port
  local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "close" })
  local tries = 0
  socket:on("error", function(err)
    tries = tries + 1
    p.log("error", err.code, tries)
    p.attempt("bind", function()
      return socket:bind(tries < 3 and port or 0, "127.0.0.1", function()
        p.log("callback", tries)
        socket:close()
        holder:close()
      end) == socket
    end)
    p.attempt("again", function() return socket:bind(0) end)
  end)
  socket:bind({ port = port, address = "127.0.0.1" })
end)
