-- localPort chooses our port: one that is taken fails and the error names both ends
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:finish():resume() end)
local taken = net.createServer()
server:listen(0, "127.0.0.1", function() taken:listen(0, "127.0.0.1", function()
  p.mask(server:address().port, "PORT")
  p.mask(taken:address().port, "TAKEN")
  local options = { port = server:address().port, host = "127.0.0.1", localAddress = "127.0.0.1", localPort = taken:address().port }
  local socket = p.trace("socket", net.connect(options), { "connect", "error", "close" })
  socket:on("error", function(err) p.log(err.code, err.syscall, err.address, err.port) end)
  socket:on("close", function() taken:close(function()
    local second = p.trace("second", net.connect(options), { "connect", "error", "close" })
    second:on("connect", function() p.log(second.localPort, second.remotePort) end)
    second:resume():on("close", function() server:close() end)
  end) end)
end) end)
