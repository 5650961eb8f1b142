-- the fields of system errors: connect to a closed port, to a missing path, from a foreign address
local net = require "net"
local p = require "prelude"

local show = function(err) p.log(err.name, err.code, err.errno, err.syscall, err.address, err.port, tostring(err)) end
local missing = p.tmp("missing.sock")
local server; server = net.createServer():listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  server:close(function()
    net.connect(port, "127.0.0.1"):on("error", function(err)
      show(err)
      net.connect(missing):on("error", function(second)
        show(second)
        net.connect({ port = port, host = "127.0.0.1", localAddress = "8.8.8.8" }):on("error", show)
      end)
    end)
  end)
end)
