-- resetAndDestroy() on a Unix socket throws and changes nothing; without any connection it is an 'error'
local net = require "net"
local p = require "prelude"

local path = p.tmp("PIPE")
local server = net.createServer(function(peer) peer:resume() end)
server:listen(path, function()
  local socket = p.trace("socket", net.connect(path), { "end", "error", "close" })
  socket:on("connect", function()
    p.attempt("reset", function() return socket:resetAndDestroy() end)
    p.log(socket.destroyed, socket.readyState)
    socket:finish()
  end)
  socket:on("close", function() server:close() end)
end)
local fresh = net.Socket()
fresh:on("error", function(err) p.log("fresh error", err, err.code) end)
fresh:on("close", function() p.log("fresh close") end)
p.attempt("fresh reset", function() return fresh:resetAndDestroy() end)
p.log(fresh.destroyed)
