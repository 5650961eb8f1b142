-- proxy.lua - a TCP proxy: pipe() both ways. The bytes go from socket to socket in C and never enter Lua.
-- Usage: proxy.lua to_port [to_host [port [host]]]; for example, in front of echo.lua: proxy.lua 8124
local net = require "net"
local to_port = arg[1] or 8124
local to_host, port, host = arg[2] or "127.0.0.1", arg[3] or 8126, arg[4] or "127.0.0.1"

-- Half-open: when one side has said all, the other may still answer; pipe() passes each end on.
local server = net.createServer({ allowHalfOpen = true }, function(client)
  local upstream = net.connect { port = to_port, host = to_host, allowHalfOpen = true }
  client:pipe(upstream):pipe(client)

  client:on("error", function() upstream:destroy() end)
  upstream:on("error", function(err)
    print("upstream: " .. err.message)
    client:destroy()
  end)
end)

server:listen(port, host, function()
  local address = server:address()
  print(("Connections to %s:%d go to %s:%s."):format(address.address, address.port, to_host, to_port))
end)
