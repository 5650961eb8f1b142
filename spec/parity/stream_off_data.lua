-- removing the last 'data' listener does not stop the flow: what comes meanwhile is lost
local net = require "net"
local p = require "prelude"

local socket
local function again()
  p.log("later", socket.bytesRead, socket.readableLength, socket.readableFlowing)
  socket:on("data", function(chunk)
    p.log("data", chunk)
    socket:finish()
  end)
  socket:write("third")
end
local server = net.createServer(function(peer) peer:on("data", function(chunk)
  peer:write(chunk)
  if chunk == "second" then setTimeout(function() setTimeout(again, 10) end, 10) end
end) end)
server:listen(0, "127.0.0.1", function()
  socket = net.connect(server:address().port, "127.0.0.1")
  local function listener(chunk)
    p.log("data", chunk)
    socket:off("data", listener)
    p.log(socket.readableFlowing, socket:isPaused())
    socket:write("second")
  end
  socket:on("data", listener)
  socket:on("connect", function() socket:write("first") end)
  socket:on("close", function() server:close() end)
end)
