-- unref.lua - the tutorial's unref(): a server that does not keep the program running. After ref() it does again.
-- Usage: unref.lua [port [ref]]
local net = require "net"
local server = net.createServer()

server:unref()
if arg[2] == "ref" then
  server:ref()
end

server:listen(arg[1] or 8181, "localhost", function()
  local address = server:address()
  console.log("服务器正在监听 " .. address.address .. ":" .. address.port .. "......")
end)
