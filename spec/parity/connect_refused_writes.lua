-- nobody listens, and writes and an end are queued: the first callback has another error than the rest
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  server:close(function()
    local socket = net.connect(port, "127.0.0.1")
    p.trace("socket", socket, { "connectionAttemptFailed", "drain", "finish", "error", "close" })
    p.log(socket:write("one", function(err) p.log("write one", err) end))
    p.log(socket:write("two", function(err) p.log("write two", err) end))
    socket:finish("three", function(err) p.log("end", err) end)
    p.log(socket.writableLength, socket.bytesWritten, socket.writableEnded)
  end)
end)
