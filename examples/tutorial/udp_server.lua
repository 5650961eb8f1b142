-- udp_server.lua - the tutorial's UDP server: confirms what it gets.
-- Usage: udp_server.lua [port]; then udp_client.lua, or socat - UDP:127.0.0.1:8181, and type.
local dgram = require "dgram"
local server = dgram.createSocket("udp4")

server:on("message", function(msg, info)
  console.log("已接受客户端发送的数据: " .. msg)
  console.log("客户端地址信息为 %j", info)
  local buf = "确认信息: " .. msg
  server:send(buf, 0, #buf, info.port, info.address, function(err, byte_size)
    if err then error(err, 0) end
    console.log("已发送数据大小: " .. byte_size .. "字节!")
  end)
end)
server:on("listening", function()
  local address = server:address()
  console.log("服务器开始监听。地址信息为 %j", address)
end)
server:bind(arg[1] or 8181, "localhost")
