-- udp_close.lua - the tutorial's setTTL(), close() and unref(): a client that ends by itself when it has its answer.
-- Usage: udp_close.lua [port]. It is server and client at once.
local dgram = require "dgram"
local server, client = dgram.createSocket("udp4"), dgram.createSocket({ type = "udp4" })

server:on("message", function(msg, info)
  server:send("确认信息: " .. msg, info.port, info.address)
end)
server:unref() -- it does not keep the program running; server:ref() would take that back

client:on("message", function(msg)
  console.log("已经接受服务器发送的数据: %s", msg)
  client:close()
end)
client:on("close", function()
  console.log("socket端口被关闭。")
end)

server:bind(arg[1] or 8181, "localhost", function()
  client:bind(0, "localhost", function()
    console.log("client:setTTL(): %d", client:setTTL(64))
    client:send("你好", server:address().port, "localhost")
  end)
end)
