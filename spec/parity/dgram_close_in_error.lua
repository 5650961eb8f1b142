-- close() in 'error'
local dgram = require "dgram"
local p = require "prelude"

local holder = dgram.createSocket("udp4")
holder:bind(0, "127.0.0.1", function()
  local socket = dgram.createSocket("udp4")
  socket:on("error", function(err)
    p.log("error", err.code)
    socket:close()
    holder:close()
    p.attempt("bind", function() return socket:bind(0) end)
  end)
  p.trace("socket", socket, { "listening", "close" })
  socket:on("error", function() p.log("second listener") end)
  socket:bind(holder:address().port, "127.0.0.1")
end)
