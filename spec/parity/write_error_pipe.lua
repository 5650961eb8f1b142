-- a write to a Unix socket whose other end is gone: EPIPE in the callback and as 'error'
local net = require "net"
local p = require "prelude"

local other
local path = p.tmp("PIPE")
local server; server = net.createServer({ pauseOnConnect = true }, function(peer)
  other = p.trace("peer", peer, { "end", "finish", "error", "close" })
  other:write("go")
  other:on("close", function() server:close() end)
end)
server:listen(path, function()
  local socket = net.connect(path)
  socket:on("data", function() socket:destroy() end)
  socket:on("close", function() setTimeout(function()
    other:write("x", function(err) p.log("callback", err) end)
    other:write("y", function(err) p.log("second callback", err) end)
    other:on("error", function(err) p.log(err.code, err.syscall, err.errno, err.address) end)
  end, 5) end)
end)
