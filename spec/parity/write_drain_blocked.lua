-- a peer that does not read: false until it does, then the callbacks in order and one 'drain'
local net = require "net"
local p = require "prelude"

local other, total = nil, 0
local server = net.createServer({ pauseOnConnect = true }, function(peer)
  other = peer:on("data", function(chunk) total = total + #chunk end)
  other:write("go")
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local drains = 0
  socket:once("data", function()
    p.log(socket:write(("x"):rep(6000000), function(err) p.log("first", err) end), socket.writableNeedDrain)
    p.log(socket:write("y", function(err) p.log("second", err) end), socket:write("z", function(err) p.log("third", err) end))
    setTimeout(function()
      p.log(socket:write("", function(err) p.log("fourth", err) end), socket.writableLength > 0)
      other:resume()
    end, 10)
  end)
  socket:on("drain", function()
    drains = drains + 1
    setImmediate(function() socket:finish() end)
  end)
  socket:on("finish", function() p.log("finish", drains, socket.writableLength, socket.bytesWritten) end)
  socket:on("close", function() server:close(function() p.log("total", total) end) end)
end)
