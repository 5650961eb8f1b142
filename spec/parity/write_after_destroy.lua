-- write() and end() after destroy(): false, only the callbacks hear of it, no 'error'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "finish", "error", "close" })
  socket:on("ready", function()
    socket:destroy()
    p.log("write", socket:write("x", function(err) p.log("callback", err, err.code) end), socket:write("y"))
    p.log("end", socket:finish("z", function(err) p.log("end callback", err) end))
    p.log(socket.writableLength, socket.bytesWritten)
  end)
  socket:on("close", function()
    p.log("write", socket:write("x", function(err) p.log("late callback", err) end))
    server:close()
  end)
end)
