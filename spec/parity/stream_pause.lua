-- pause() and resume(): the events, the flags, and that nothing is delivered between them
local net = require "net"
local p = require "prelude"

local socket
local function resume()
  p.log("paused", socket.readableLength, socket.bytesRead)
  p.log("resume returns", socket:resume(), socket.readableFlowing, socket:isPaused(), socket.readableLength)
end
local server = net.createServer(function(peer) peer:on("data", function(chunk)
  peer:write(chunk)
  if chunk == "second" then setTimeout(function() setTimeout(resume, 10) end, 10) end
end) end)
server:listen(0, "127.0.0.1", function()
  socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("data", function(chunk)
    p.log("data", chunk, socket.readableFlowing, socket:isPaused())
    if chunk == "second" then return socket:finish() end
    p.log("pause returns", socket:pause(), socket.readableFlowing, socket:isPaused())
    socket:pause()
    socket:write("second")
  end)
  p.trace("socket", socket, { "pause", "resume", "end", "close" })
  socket:on("connect", function() socket:write("first") end)
  socket:on("close", function() server:close() end)
end)
