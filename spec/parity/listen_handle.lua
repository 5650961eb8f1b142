-- listen(server): the second server takes over what the first one bound
local net = require "net"
local p = require "prelude"

local first; first = net.createServer(function() p.log("connection at the first") end)
first:listen(0, "127.0.0.1", function()
  local port = first:address().port
  local second; second = net.createServer(function(socket)
    p.log("connection at the second")
    socket:destroy()
    second:close(function(err) p.log("closed", err) end)
  end)
  p.log(second:listen(first, function()
    p.log("listening", second.listening, second:address().port == port)
    net.connect(port, "127.0.0.1"):resume()
  end) == second)
  p.log(second.listening)
end)
