-- reuseAddr shares a port, when all have it
local dgram = require "dgram"
local p = require "prelude"

local first = dgram.createSocket({ type = "udp4", reuseAddr = true })
first:bind(0, "127.0.0.1", function()
  local port = first:address().port
  p.mask(port, "PORT")
  local second = dgram.createSocket({ type = "udp4", reuseAddr = true })
  local third = p.trace("third", dgram.createSocket({ type = "udp4", reuseAddr = false }), { "listening", "error", "close" })
  second:bind(port, "127.0.0.1", function()
    p.log("second", second:address())
    third:on("error", function()
      third:close()
      second:close()
      first:close()
    end)
    third:bind(port, "127.0.0.1")
  end)
end)
