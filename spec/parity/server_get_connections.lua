-- getConnections(): by tick, error first; counts what was accepted and is not destroyed yet
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(socket)
  p.log(server:getConnections(function(err, count) p.log("open", err, count) end) == server)
  p.log("after the call")
  server:getConnections(function()
    socket:destroy()
    server:getConnections(function(err, count) p.log("destroyed", err, count) end)
    server:close(function(err) p.log("closed", err) end)
    server:getConnections(function(err, count) p.log("closing", err, count) end)
  end)
end)
server:getConnections(function(err, count) p.log("before listen", err, count) end)
p.log("end of main")
server:listen(0, "127.0.0.1", function() net.connect(server:address().port, "127.0.0.1"):resume() end)
