-- two connections accepted in one go: ticks are drained between the two 'connection' events
local net = require "net"
local p = require "prelude"

local sockets, server = {}, nil
server = net.createServer(function(socket)
  sockets[#sockets + 1] = socket
  local number = #sockets
  p.log("first listener", number)
  process.nextTick(function() p.log("tick", number) end)
  if number < 2 then return end
  for _, each in ipairs(sockets) do each:destroy() end
  server:close(function() p.log("closed") end)
end)
server:on("connection", function() p.log("second listener") end)
server:prependListener("connection", function() p.log("prepended") end)
server:listen(0, "127.0.0.1", function()
  net.connect(server:address().port, "127.0.0.1"):resume()
  net.connect(server:address().port, "127.0.0.1"):resume()
end)
