-- resetAndDestroy() while connecting: it waits for the connection, 'connect', 'ready', then 'close'(false)
local net = require "net"
local p = require "prelude"

local answer = "nothing"
local server; server = net.createServer(function(peer)
  peer:on("error", function(err) answer = err.code end)
  peer:on("close", function() server:close() end)
  peer:resume()
end)
server:on("close", function() p.log("peer got", answer) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "connect", "ready", "end", "finish", "error", "close" })
  p.log("returns", socket:resetAndDestroy())
  p.log(socket.destroyed, socket.connecting, socket.readyState)
end)
