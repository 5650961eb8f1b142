-- the shortest echo server: socket.pipe(socket)
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(peer)
  p.trace("peer", peer, { "end", "prefinish", "finish", "error", "close" })
  peer:on("pipe", function(src) p.log("pipe", src == peer) end)
  peer:on("unpipe", function(src) p.log("unpipe", src == peer) end)
  p.log("returns", peer:pipe(peer) == peer)
  peer:on("close", function() server:close() end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local heard, count = "", 0
  socket:on("data", function(chunk)
    heard = heard .. chunk
    count = count + #chunk
    if count == 8 then socket:finish("!") end
  end)
  server:on("close", function() p.log("heard", heard) end)
  socket:write("one ")
  socket:write("two ")
end)
