-- 'drain' comes once the queue is empty after a false, before the callback of the write that filled it
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket:write(("x"):rep(100000), function(err) p.log("callback", err, socket.writableLength) end), socket.writableNeedDrain)
  local drains = 0
  socket:on("drain", function()
    drains = drains + 1
    p.log("drain", drains, socket.writableLength, socket.writableNeedDrain)
    if drains == 1 then
      socket:cork()
      p.log(socket:write(("x"):rep(65535)), socket:write("x", function() p.log("corked") end), socket.writableNeedDrain)
      setImmediate(function() socket:uncork() end)
    else setImmediate(function() socket:finish() end) end
  end)
  socket:on("close", function() server:close() end)
end)
