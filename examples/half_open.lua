-- half_open.lua - a client that sends, ends its side, and still receives. Usage: half_open.lua [port [host]]
-- Without a port it talks to a server of its own, which sorts the lines once it has all of them. Another such server:
--   socat TCP-LISTEN:8127,bind=127.0.0.1 EXEC:sort     then     half_open.lua 8127
local net = require "net"

local function send_and_receive(port, host)
  local client = net.connect(port, host, function()
    print "connected"
  end)
  client:finish("pear\napple\nfig\n") -- our last words; the other side may go on
  client:on("finish", function() print("sent, now " .. client.readyState) end)
  client:setEncoding("utf8"):on("data", function(data) io.write(data) end)
  client:on("end", function() print "the server has ended, too" end)
  return client
end

if arg[1] then return send_and_receive(arg[1], arg[2] or "127.0.0.1") end

-- allowHalfOpen: without it our side would be ended together with the client's, before there is an answer.
local server = net.createServer({ allowHalfOpen = true }, function(socket)
  local text, lines = "", {}
  socket:on("data", function(data) text = text .. data end)
  socket:on("end", function()
    for line in text:gmatch "[^\n]+" do lines[#lines + 1] = line end
    table.sort(lines)
    socket:finish(table.concat(lines, "\n") .. "\n")
  end)
end)

server:listen(0, "127.0.0.1", function()
  send_and_receive(server:address().port, "127.0.0.1"):on("close", function() server:close() end)
end)
