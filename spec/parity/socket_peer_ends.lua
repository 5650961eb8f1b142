-- the peer ends first: 'data', 'end', our own end by itself, 'prefinish', 'finish', 'close'
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume():finish("bye") end)
server:listen(0, "127.0.0.1", function()
  local socket = p.trace("socket", net.connect(server:address().port, "127.0.0.1"), { "data", "end", "prefinish", "finish", "close" })
  local function state()
    p.log(socket.readyState, socket.readable, socket.readableEnded)
    p.log(socket.writable, socket.writableEnded, socket.writableFinished)
  end
  socket:on("data", function() state() end)
  socket:on("end", function()
    state()
    process.nextTick(function() state() end)
  end)
  socket:on("prefinish", function() state() end)
  socket:on("finish", function() state() end)
  socket:on("close", function()
    state()
    server:close()
  end)
end)
