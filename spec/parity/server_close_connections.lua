-- close() refuses new connections and waits for the old ones: 'close' when the last is destroyed, before its own
local net = require "net"
local p = require "prelude"

local port, server
server = net.createServer(function(socket)
  socket:on("close", function() p.log("socket close") end)
  server:close(function(err) p.log("server closed", err) end)
  p.log("listening", server.listening, server:address())
  net.connect(port, "127.0.0.1"):on("error", function(err)
    p.log(err)
    server:getConnections(function(_, count)
      p.log("connections", count)
      socket:destroy()
      p.log("destroyed")
    end)
  end)
end)
server:listen(0, "127.0.0.1", function()
  port = server:address().port
  p.mask(port, "PORT")
  net.connect(port, "127.0.0.1"):on("close", function() p.log("client close") end):resume()
end)
