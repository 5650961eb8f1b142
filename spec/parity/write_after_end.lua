-- write() after our end(): false, callback and then 'error' write after end, 'close'(true)
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer)
  peer:on("error", function() end)
  peer:resume()
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "prefinish", "finish", "error", "close" })
  socket:on("ready", function() setImmediate(function()
    socket:finish("bye", function(err) p.log("end", err) end)
    p.log("write", socket:write("more", function(err) p.log("callback", err) end))
    p.log(socket.destroyed, socket.writable)
    process.nextTick(function() p.log("tick", socket.destroyed) end)
  end) end)
  socket:on("close", function() server:close() end)
end)
