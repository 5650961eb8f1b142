-- pipe_after_timeout.lua - the tutorial's pause(), setTimeout(), pipe() and unpipe(): after ten idle seconds what a
-- client sent goes into a file, which stays open for the next one.
-- Usage: pipe_after_timeout.lua [port [idle time in ms [file]]]; then echo 你好 | nc localhost 8181
local net = require "net"
local file = require "fs".WriteStream(arg[3] or "../bk.note", { flags = "a" })
local server = net.createServer()

server:on("connection", function(socket)
  socket:pause()
  socket:setTimeout(tonumber(arg[2]) or 10 * 1000, function()
    socket:resume()
    socket:pipe(file, { ["end"] = false })
  end)
  socket:on("end", function()
    socket:unpipe(file)
    file:write("--\n", function() console.log("文件已有 " .. file.bytesWritten .. " 字节") end)
  end)
end)

server:listen(arg[1] or 8181, "localhost", function()
  local address = server:address()
  console.log("服务器正在监听 " .. address.address .. ":" .. address.port .. "......")
end)
