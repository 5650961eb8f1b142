-- nobody listens: the events, and what the socket says inside 'error'
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  server:close(function()
    local socket = net.connect(port, "127.0.0.1", function() p.log("never") end)
    p.trace("socket", socket, { "connectionAttempt", "connectionAttemptFailed", "connect", "ready", "end", "finish", "error", "close" })
    socket:on("error", function(err)
      p.log(err.code, err.syscall, err.address, err.port, err.errno)
      p.log(socket.destroyed, socket.connecting, socket.pending, socket.readyState)
    end)
    socket:on("close", function() p.log(socket.destroyed, socket.readyState) end)
  end)
end)
