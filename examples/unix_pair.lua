-- unix_pair.lua - a server on a Unix socket and its client, in one program. Usage: unix_pair.lua [path]
-- (In Lua a path may also begin with "\0": Linux' abstract sockets, which have no file.)
local net = require "net"
local path = arg[1] or ("/tmp/moonport-pair-%d.sock"):format(process.pid)

local server = net.createServer(function(socket)
  socket:on("data", function(data)
    print("server got: " .. data)
    socket:finish(data:upper())
  end)
end)

server:listen(path, function()
  print("listening on " .. server:address())

  local client = net.connect(path, function() print "connected" end)
  client:write("hello") -- waits for the connection
  client:on("data", function(data) print("client got: " .. data) end)
  client:on("close", function() server:close() end) -- which removes the file, too
end)

server:on("close", function() print "closed" end)
