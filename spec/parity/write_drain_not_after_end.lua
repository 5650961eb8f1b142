-- no 'drain' once end() was called
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "drain", "prefinish", "finish", "end", "close" })
  p.log(socket:write(("x"):rep(100000), function(err) p.log("callback", err) end), socket.writableNeedDrain)
  socket:finish(function() p.log("end") end)
  p.log(socket.writableNeedDrain, socket.writableLength)
  socket:on("close", function() server:close() end)
end)
