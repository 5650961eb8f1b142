-- connect() again in 'close' after a refusal: the usual way to retry
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish("hello") end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  server:close(function()
    local socket = p.trace("socket", net.Socket(), { "connect", "ready", "data", "end", "error", "close" })
    local tries = 0
    socket:on("close", function()
      tries = tries + 1
      p.log("tries", tries)
      if tries == 1 then socket:connect(port, "127.0.0.1")
      elseif tries == 2 then server:listen(port, "127.0.0.1", function() socket:connect(port, "127.0.0.1") end)
      else server:close() end
    end)
    socket:connect(port, "127.0.0.1")
  end)
end)
