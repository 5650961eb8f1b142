-- end(callback) after 'finish': ERR_STREAM_ALREADY_FINISHED, in the callback only
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "finish", "end", "error", "close" })
  socket:finish(function(err) p.log("first", err) end)
  socket:on("finish", function()
    p.log("returns", socket:finish(function(err) p.log("in finish", err) end))
    socket:finish()
  end)
  socket:on("close", function()
    p.log("returns", socket:finish(function(err) p.log("in close", err) end))
    server:close()
  end)
end)
