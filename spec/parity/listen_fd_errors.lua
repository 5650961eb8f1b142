-- listen({ fd }) on what is no listening socket: 'error' EINVAL by tick, the server may listen on
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:on("close", function() p.log("close") end)
server:once("error", function(err)
  p.log(err, err.code, err.errno, err.syscall, server.listening, server:address())
  server:once("error", function(second)
    p.log(second)
    server:listen(0, function() server:close() end)
  end)
  server:listen({ fd = 0 }) -- stdin is /dev/null here
end)
p.log(server:listen({ fd = 900 }, function() p.log("never") end) == server)
p.log(server.listening)
server:removeAllListeners("listening")
