-- tcp_client.lua - the tutorial's TCP client: says 你好! at once and 再见! ten seconds later.
-- Usage: tcp_client.lua [port [delay in ms]], while tcp_server.lua runs.
local net = require "net"
local client = net.Socket()

client:connect(arg[1] or 8181, "localhost", function()
  console.log("已连接到服务器端。")
  client:write("你好!")
  setTimeout(function()
    client:finish("再见!")
  end, tonumber(arg[2]) or 10000)
end)
client:on("data", function(data)
  console.log("已经接收服务器发送的数据： " .. data)
end)

client:on("error", function(err)
  console.log("与服务器连接或通信的过程中发生了一个错误，错误编码为%s", err.code)
  client:destroy()
end)
