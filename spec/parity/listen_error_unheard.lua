-- a listen error without a listener: uncaughtException, the program goes on
local net = require "net"
local p = require "prelude"

process.on("uncaughtException", function(err, origin) p.log("uncaught", err, origin, err.syscall) end)
local holder; holder = net.createServer():listen(0, "127.0.0.1", function()
  p.mask(holder:address().port, "PORT")
  local server = net.createServer()
  server:listen(holder:address().port, "127.0.0.1")
  setTimeout(function()
    p.log(server.listening)
    holder:close(function() p.log("closed") end)
  end, 20)
end)
