-- resetAndDestroy() after destroy(), in 'close', and twice
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(peer)
  peer:on("error", function() end)
  peer:on("close", function() server:close() end)
  peer:resume()
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "finish", "error", "close" })
  socket:on("ready", function()
    p.log(socket:resetAndDestroy(), socket:resetAndDestroy())
  end)
  socket:on("close", function() p.log("again", socket:resetAndDestroy()) end)
end)
