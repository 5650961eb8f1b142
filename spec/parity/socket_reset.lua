-- resetAndDestroy(): 'close'(false) here, 'error' read ECONNRESET and 'close'(true) there
local net = require "net"
local p = require "prelude"

local server; server = net.createServer(function(peer)
  p.trace("peer", peer, { "data", "end", "finish", "error", "close" })
  peer:on("close", function() server:close() end)
  peer:write("ready")
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  local lines = {}
  for _, name in ipairs({ "end", "finish", "error", "close" }) do socket:on(name, function(arg) lines[#lines + 1] = { name, arg } end) end
  socket:on("data", function()
    p.log("returns", socket:resetAndDestroy())
    p.log(socket.destroyed, socket.readyState)
  end)
  server:on("close", function()
    for _, line in ipairs(lines) do p.log("socket", line[1], line[2]) end
  end)
end)
