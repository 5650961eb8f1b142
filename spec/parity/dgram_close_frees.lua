-- close() frees the port at once
local dgram = require "dgram"
local p = require "prelude"

local first = p.trace("first", dgram.createSocket("udp4"), { "close" })
first:bind(0, "127.0.0.1", function()
  local port = first:address().port
  p.mask(port, "PORT")
  local second = p.trace("second", dgram.createSocket("udp4"), { "listening", "error", "close" })
  first:close()
  second:bind(port, "127.0.0.1", function()
    p.log(second:address())
    second:close()
  end)
end)
