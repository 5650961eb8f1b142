-- destroy(err) while the peer does not read: 'error' and the queued callbacks have that error
local net = require "net"
local p = require "prelude"

local other
local server = net.createServer({ pauseOnConnect = true }, function(peer)
  other = peer:on("error", function() end)
  other:write("go")
end)
server:listen(0, "127.0.0.1", function()
  local failure = Error("enough")
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "drain", "finish", "error", "close" })
  socket:on("data", function()
    socket:write(("x"):rep(6000000), function() p.log("first") end)
    socket:write("second", function(err) p.log("second", err, err == failure) end)
    socket:finish(function(err) p.log("end", err, err == failure) end)
    setTimeout(function()
      socket:destroy(failure)
      p.log("destroyed")
    end, 10)
  end)
  socket:on("close", function()
    other:destroy()
    server:close()
  end)
end)
