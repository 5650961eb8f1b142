-- a port that is taken: 'error' by tick, no 'close', the same server may listen again
local net = require "net"
local p = require "prelude"

local holder; holder = net.createServer():listen(0, function()
  local port = holder:address().port
  p.mask(port, "PORT")
  local server = p.trace("server", net.createServer(), { "listening", "close", "error" })
  server:once("error", function(err)
    p.log(err.code, err.errno, err.syscall, err.address, err.port, tostring(err))
    p.log(server.listening, server:address())
    holder:close(function() server:listen(port) end)
  end)
  server:on("listening", function()
    p.log(server.listening, server:address().port)
    server:close()
  end)
  server:listen(port, function() p.log("callback of the listen that failed") end)
  process.nextTick(function() p.log("tick") end)
  p.log(server.listening, server:address())
end)
