-- pause_until_timeout.lua - the tutorial's pause() and setTimeout(): shows a chunk, then waits for ten idle seconds.
-- Usage: pause_until_timeout.lua [port [idle time in ms]]; then nc localhost 8181, and type some lines quickly.
local net = require "net"
local server = net.createServer()

server:on("connection", function(socket)
  local function pause()
    socket:pause()
    socket:setTimeout(tonumber(arg[2]) or 10 * 1000, function()
      socket:resume()
    end)
  end
  pause()
  socket:on("data", function(data)
    console.log("data : " .. data)
    pause()
  end)
end)

server:listen(arg[1] or 8181, "localhost", function()
  local address = server:address()
  console.log("服务器正在监听 " .. address.address .. ":" .. address.port .. "......")
end)
