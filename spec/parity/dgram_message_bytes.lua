-- all bytes pass, and the largest datagram
local dgram = require "dgram"
local p = require "prelude"

local bytes = {}
for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
local all = table.concat(bytes)
local server; server = dgram.createSocket("udp4", function(message, info)
  if #message == 256 then return p.log("bytes", message == all, info.size) end
  p.log("message", #message, info.size, message:byte(1) == 97, message:byte(65507) == 122)
  server:close()
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  local port = server:address().port
  client:send(all, port, "127.0.0.1", function(err, size) p.log("sent", err, size) end)
  client:send({ "a", ("x"):rep(65505), "z" }, port, "127.0.0.1", function(err, size)
    p.log("sent", err, size)
    client:close()
  end)
end)
