-- udp_client.lua - the tutorial's UDP client: says 你好，服务器! and shows the answer. Ctrl-C ends it: a socket lives on.
-- Usage: udp_client.lua [port], while udp_server.lua runs.
local dgram = require "dgram"
local buf = "你好，服务器!"
local client = dgram.createSocket("udp4")

client:on("message", function(msg, info)
  console.log("已经接受服务器发送的数据: %s", msg)
  console.log("服务器地址为 %s。", info.address)
  console.log("服务器所用端口为 %s。", info.port)
end)
client:send(buf, 0, #buf, arg[1] or 8181, "localhost", function(err, byte_size)
  if err then error(err, 0) end
  console.log("已发送 %d字节的数据!", byte_size)
end)
