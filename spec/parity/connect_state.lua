-- what a socket says about itself before, while and after it connects and is destroyed
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  p.mask(server:address().port, "PORT")
  local socket = net.Socket()
  local function state(label)
    p.log(label, socket.readyState, socket.connecting, socket.pending, socket.destroyed)
    p.log("  stream", socket.readable, socket.writable, socket.readableFlowing, socket.writableEnded, socket.readableEnded)
  end
  state("new")
  socket:on("connectionAttempt", function() state("attempt") end)
  socket:on("connect", function() state("connect") end)
  socket:on("ready", function()
    state("ready")
    socket:destroy()
    state("destroy")
  end)
  socket:on("close", function()
    state("close")
    server:close()
  end)
  socket:connect(server:address().port, "127.0.0.1")
  state("connect called")
end)
