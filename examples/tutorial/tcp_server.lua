-- tcp_server.lua - the tutorial's TCP server: confirms what it gets; after two connections it takes no more.
-- Usage: tcp_server.lua [port]; then tcp_client.lua, or nc localhost 8181.
local net = require "net"
local server = net.createServer()

server:on("connection", function(socket)
  console.log("客户端与服务器端连接已经建立！")
  socket:setEncoding("utf8")
  socket:on("data", function(data)
    console.log("已接受客户端发送的数据: " .. data)
    socket:write("确认数据: " .. data)
  end)
  socket:on("error", function(err)
    console.log("与客户端通信的过程中发生了一个错误，错误编码为%s。", err.code)
    socket:destroy()
  end)
  socket:on("end", function()
    console.log("客户端连接被关闭。")
    server:unref()
  end)
  socket:on("close", function(had_error)
    if had_error then
      console.log("由于一个错误导致socket端口被关闭。")
      server:unref()
    else
      console.log("socket端口被正常关闭。")
    end
  end)
  server:getConnections(function(err, count)
    if err then error(err, 0) end
    if count == 2 then
      server:close()
    end
  end)
end)

server:listen(arg[1] or 8181, "localhost", function()
  local address = server:address()
  console.log("服务器正在监听 " .. address.address .. ":" .. address.port .. "......")
end)

server:on("close", function()
  console.log("TCP服务器被关闭。")
end)
