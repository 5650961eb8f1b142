-- every byte read or written restarts the idle timer: it fires one period after the last
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:on("data", function(chunk) peer:write(chunk) end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local chunks = 0
  socket:setTimeout(120)
  socket:on("connect", function() socket:write("ping") end)
  socket:on("data", function()
    chunks = chunks + 1
    if chunks < 4 then setTimeout(function() socket:write("ping") end, 30) end
  end)
  socket:on("timeout", function()
    p.log("timeout after", chunks)
    socket:destroy()
  end)
  socket:on("close", function() server:close() end)
end)
