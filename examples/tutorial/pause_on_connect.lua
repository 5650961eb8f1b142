-- pause_on_connect.lua - the tutorial's pauseOnConnect: what a client sends is kept, and shown ten seconds later.
-- Usage: pause_on_connect.lua [port [delay in ms]]; then echo 你好 | nc localhost 8181.
local net = require "net"

local server = net.createServer({
  pauseOnConnect = true,
}, function(socket)
  setTimeout(function()
    socket:resume()
  end, tonumber(arg[2]) or 10000)
  socket:on("data", function(chunk)
    console.log("data : " .. chunk)
  end)
end)

server:listen(arg[1] or 8181, function()
  console.log("Connected on " .. server:address().port .. "!")
end)
