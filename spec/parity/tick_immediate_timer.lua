-- made in an I/O callback: tick, then immediate, then timer
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(socket)
  setTimeout(function() p.log("timer") end, 0)
  setImmediate(function()
    p.log("immediate")
    process.nextTick(function() p.log("tick of the immediate") end)
  end)
  process.nextTick(function() p.log("tick") end)
  socket:on("close", function() p.log("closed") end)
  p.log("connection")
  setTimeout(function()
    socket:destroy()
    server:close()
  end, 10)
end)
server:listen(0, "127.0.0.1", function() net.connect(server:address().port, "127.0.0.1"):resume() end)
