-- destroy() while the peer does not read: every callback is called, the queued ones are told of the destroy
local net = require "net"
local p = require "prelude"

local other
local server = net.createServer({ pauseOnConnect = true }, function(peer)
  other = peer:on("error", function() end)
  other:write("go")
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "drain", "finish", "error", "close" })
  socket:on("data", function()
    p.log(socket:write(("x"):rep(6000000), function() p.log("first") end), socket:write("second", function(err) p.log("second", err) end))
    p.log(socket:write("third", function(err) p.log("third", err) end), socket.writableNeedDrain)
    socket:finish(function(err) p.log("end", err) end)
    setTimeout(function()
      socket:destroy()
      p.log("destroyed")
    end, 10)
  end)
  socket:on("close", function()
    other:destroy()
    server:close()
  end)
end)
