-- destroy() right after connect(): no attempt event after it, no 'connect', only 'close'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function() p.log("never") end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1", function() p.log("never") end)
  p.trace("socket", socket, { "connectionAttempt", "connect", "ready", "end", "finish", "error", "close" })
  socket:write("lost", function(err) p.log("write", err) end)
  socket:finish(function(err) p.log("end", err) end)
  socket:on("close", function() server:close(function() p.log("closed") end) end)
  socket:destroy()
  p.log(socket.destroyed, socket.connecting, socket.readyState, socket.writable, socket.readable)
end)
