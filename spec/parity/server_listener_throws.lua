-- a 'connection' listener that throws: uncaughtException, the other listeners are skipped, the server goes on
local net = require "net"
local p = require "prelude"

local count, server = 0, nil
process.on("uncaughtException", function(err, origin) p.log("uncaught", err, origin) end)
server = net.createServer(function(socket)
  count = count + 1
  p.log("connection", count)
  socket:destroy()
  process.nextTick(function() p.log("tick", server.listening) end)
  if count == 1 then error(Error("first")) end
end)
server:on("connection", function()
  p.log("second listener")
  server:close(function() p.log("closed") end)
end)
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  net.connect(port, "127.0.0.1"):resume():on("close", function() net.connect(port, "127.0.0.1"):resume() end)
end)
