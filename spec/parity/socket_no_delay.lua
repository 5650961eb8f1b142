-- setNoDelay, setKeepAlive, ref and unref return the socket, before, while and after it is connected
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
local function check(label, socket)
  p.log(label, socket:setNoDelay(), socket:setNoDelay(false), socket:setNoDelay(true))
  p.log(label, socket:setKeepAlive(), socket:setKeepAlive(true), socket:setKeepAlive(true, 5000), socket:setKeepAlive(false, 0))
  p.log(label, socket:unref(), socket:ref())
end
server:listen(0, "127.0.0.1", function()
  local socket = net.Socket()
  check("new", socket)
  socket:connect(server:address().port, "127.0.0.1")
  check("connecting", socket)
  socket:on("connect", function()
    check("open", socket)
    socket:destroy()
    check("destroyed", socket)
  end)
  socket:on("close", function() server:close() end)
end)
