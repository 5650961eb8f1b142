-- unref() on both ends and the server: the process ends although all are open; before connect too
local net = require "net"
local p = require "prelude"

process.on("exit", function() p.log("exit") end)
local server = net.createServer(function(peer)
  peer:on("close", function() p.log("never") end)
  p.log("peer", peer:unref())
  peer:write("hello")
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.Socket()
  p.log("unref", socket:unref())
  socket:on("data", function(chunk)
    p.log("data", chunk)
    p.log("server", server:unref())
  end)
  socket:on("close", function() p.log("never") end)
  socket:connect(server:address().port, "127.0.0.1")
end)
