-- destroy() on an open socket: state at once, 'close'(false) later, no 'end', no 'finish'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "data", "end", "finish", "error", "close" })
  socket:on("ready", function() setImmediate(function()
    p.log("destroy returns", socket:destroy())
    p.log(socket.destroyed, socket.readyState, socket.readable, socket.writable, socket.pending, socket.writableEnded)
    process.nextTick(function() p.log("tick") end)
  end) end)
  socket:on("close", function()
    p.log(socket.errored, socket.readableEnded, socket.writableFinished)
    server:close()
  end)
end)
