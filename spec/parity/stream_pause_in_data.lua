-- pause() in 'data' while more is buffered: the rest waits, in order
local net = require "net"
local p = require "prelude"

local socket
local parts = { "one", "two", "three" }
local server = net.createServer(function(peer)
  local function send()
    local part = table.remove(parts, 1)
    if part ~= nil then return peer:write(part, function() setTimeout(function() setTimeout(send, 3) end, 3) end) end
    peer:finish()
    socket:on("data", function(chunk)
      p.log("data", chunk, socket.readableLength)
      socket:pause()
      setTimeout(function()
        if socket.readableLength > 0 then p.log("resume", socket.readableLength) end
        socket:resume()
      end, 5)
    end)
  end
  peer:once("data", send)
end)
server:listen(0, "127.0.0.1", function()
  socket = p.trace("socket", net.connect(server:address().port, "127.0.0.1"), { "end", "close" })
  socket:on("connect", function() socket:write("go") end)
  socket:on("close", function() server:close() end)
end)
