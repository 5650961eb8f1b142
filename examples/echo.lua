-- echo.lua - sends back what it gets. Usage: echo.lua [port [host]]; port 0 takes a free one.
local net = require "net"
local port, host = arg[1] or 8124, arg[2] or "127.0.0.1"

local server = net.createServer(function(socket)
  socket:on("error", function(err) print("a connection failed: " .. err.code) end)
  socket:pipe(socket)
end)

server:listen(port, host, function()
  local address = server:address()
  print(("The echo server listens on %s:%d."):format(address.address, address.port))
  print(("Talk to it: nc %s %d. Ctrl-C ends it."):format(address.address, address.port))
end)
