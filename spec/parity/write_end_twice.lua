-- a second end() is no error; its callback is called with the first's
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "prefinish", "finish", "end", "error", "close" })
  socket:on("ready", function() setImmediate(function()
    socket:finish("bye", function(err) p.log("first", err) end)
    p.log(socket:finish(function(err) p.log("second", err) end), socket:finish())
    process.nextTick(function() socket:finish(function(err) p.log("third", err) end) end)
  end) end)
  socket:on("close", function() server:close() end)
end)
