-- an abstract Unix path (a NUL first): listens, connects, frees the name at once when closed
local net = require "net"
local p = require "prelude"

local path = "\0moonport-parity-" .. process.pid
p.mask(path, "ABSTRACT")
local server; server = net.createServer(function(socket)
  socket:on("data", function(chunk) p.log("data", chunk) end)
  socket:on("close", function()
    server:close(function() p.log("closed") end)
    server:listen(path, function() server:close(function() p.log("closed again") end) end)
  end)
end)
server:listen(path, function()
  p.log(server:address(), server:address() == path)
  net.connect(path):resume():finish("hello")
end)
