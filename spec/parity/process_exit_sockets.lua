-- process.exit() from a connection: no 'close' events any more, what was written arrives
local net = require "net"
local p = require "prelude"

local path = p.tmp("exit.sock")
process.on("exit", function(code) p.log("exit", code) end)
local server; server = net.createServer(function(socket)
  socket:on("close", function() p.log("never") end)
  socket:write("bye")
end):listen(path, function()
  net.connect(path):on("data", function(data)
    p.log("data", data)
    server:unref()
    process.exit(5)
  end):on("close", function() p.log("never") end)
end)
server:on("close", function() p.log("never") end)
