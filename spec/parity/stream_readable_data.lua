-- 'readable' and 'data' together: nothing flows, 'data' comes out of read(); afterwards it flows again
local net = require "net"
local p = require "prelude"

local socket
local server = net.createServer(function(peer)
  peer:write("first")
  peer:on("data", function(chunk) peer:finish(chunk) end)
end)
server:listen(0, "127.0.0.1", function()
  socket = net.connect(server:address().port, "127.0.0.1")
  local function listener()
    p.log("readable", socket.readableFlowing, socket.readableLength)
    p.log("read", socket:read())
    socket:off("readable", listener)
    process.nextTick(function()
      p.log("tick", socket.readableFlowing)
      socket:write("second")
    end)
  end
  socket:on("readable", listener)
  socket:on("data", function(chunk) p.log("data", chunk, socket.readableFlowing) end)
  p.log(socket.readableFlowing, socket:isPaused())
  socket:on("end", function() p.log("end", socket.readableFlowing) end)
  socket:on("close", function() server:close() end)
end)
