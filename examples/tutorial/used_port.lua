-- used_port.lua - the tutorial's error handler for a used port: of two servers on one port the second fails.
-- Usage: used_port.lua [port]
local net = require "net"
local first, server = net.createServer(), net.createServer()

first:listen(arg[1] or 8181, "localhost", function()
  server:listen(first:address().port, "localhost")
end)

local function on_error(e)
  if e.code == "EADDRINUSE" then
    console.log("端口已经被占用!")
  end
end

first:on("error", on_error) -- another program's port
server:on("error", on_error)
server:on("error", function()
  first:close()
end)
