-- pipe_to_file.lua - the tutorial's pipe(): what a client sends goes into a file, which is ended with it.
-- Usage: pipe_to_file.lua [port [file]]; then echo 你好 | nc localhost 8181
local net = require "net"
local file = require "fs".WriteStream(arg[2] or "../bk.note")
local server = net.createServer(function(socket)
  console.log "连接成功!"
  socket:pipe(file)
end)

server:listen({
  host = "localhost",
  port = arg[1] or 8181,
}, function()
  local address = server:address()
  console.log("服务器正在监听 " .. address.address .. ":" .. address.port .. "......")
end)
