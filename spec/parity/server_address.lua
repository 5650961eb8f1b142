-- address() of the server and the addresses of an accepted socket: dual stack, IPv4, IPv6
local net = require "net"
local p = require "prelude"

local function run(host, target, name, done)
  local server; server = net.createServer(function(socket)
    p.log(socket.localAddress, socket.localPort, socket.localFamily, socket.remoteAddress, socket.remoteFamily)
    p.log("address()", socket:address())
    socket:destroy()
    server:close(done)
  end)
  server:listen(host and { port = 0, host = host } or { port = 0 }, function()
    p.mask(server:address().port, name)
    p.log(server:address())
    net.connect(server:address().port, target):resume()
  end)
end
run(nil, "127.0.0.1", "PORT1", function()
  run("127.0.0.1", "127.0.0.1", "PORT2", function()
    run("::1", "::1", "PORT3", function() p.log("done") end)
  end)
end)
