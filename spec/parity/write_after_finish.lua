-- write() after 'finish': callback and 'error' write after end too
local net = require "net"
local p = require "prelude"

local server = net.createServer({ allowHalfOpen = true }, function(peer)
  peer:on("error", function() end)
  peer:resume():on("end", function() setTimeout(function() peer:destroy() end, 30) end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "end", "finish", "error", "close" })
  socket:finish()
  socket:on("finish", function()
    p.log("write", socket:write("more", function(err) p.log("callback", err) end))
    p.log(socket.destroyed, socket.readyState)
  end)
  socket:on("close", function() server:close() end)
end)
