-- a write that fails because the peer has reset: callback, 'error' with the same error, 'close'(true)
local net = require "net"
local p = require "prelude"

local other
local server; server = net.createServer({ pauseOnConnect = true }, function(peer)
  other = p.trace("peer", peer, { "end", "finish", "error", "close" })
  other:write("go")
  other:on("close", function() server:close() end)
end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  socket:on("data", function() socket:resetAndDestroy() end)
  socket:on("close", function() setTimeout(function() setTimeout(function()
    other:write("x", function(err) p.log("callback", err) end)
    other:on("error", function(err) p.log(err.code, err.syscall, err.errno, err.address) end)
  end, 5) end, 5) end)
end)
