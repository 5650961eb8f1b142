-- a port that is taken, with a host: the text names the address; listen again from the 'error' listener
local net = require "net"
local p = require "prelude"

local holder; holder = net.createServer():listen(0, "127.0.0.1", function()
  local port = holder:address().port
  p.mask(port, "PORT")
  local server = net.createServer()
  server:on("close", function() p.log("close") end)
  server:on("error", function(err)
    p.log(err, err.code, err.errno, err.syscall, err.address, err.port)
    p.log(server.listening, server:address())
    server:listen(0, "127.0.0.1", function()
      p.log("listening", server:address().port ~= port)
      server:close(function() holder:close(function() p.log("closed") end) end)
    end)
  end)
  p.log(server:listen(port, "127.0.0.1") == server)
end)
