-- the idle timer: once, nothing is closed; activity arms it again
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:on("data", function(chunk) peer:write(chunk) end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local count = 0
  socket:on("connect", function()
    p.log("returns", socket:setTimeout(60, function() p.log("callback") end), socket.timeout)
  end)
  socket:on("timeout", function()
    count = count + 1
    p.log("timeout", count, socket.readyState, socket.destroyed, socket.timeout)
    if count == 1 then setTimeout(function() socket:write("echo") end, 90)
    else socket:finish() end
  end)
  socket:resume()
  socket:on("close", function() server:close() end)
end)
