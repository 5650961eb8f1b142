-- send(message, offset, length): which bytes leave, up to the edges
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message)
  p.log("message", message, #message)
  if message == "last" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  local function send(offset, length)
    client:send("abcde", offset, length, port, "127.0.0.1", function(err, bytes) p.log("sent", err, bytes) end)
  end
  send(0, 5)
  send(0, 1)
  send(4, 1)
  send(1, 3)
  send(0, 0)
  send(5, 0)
  send(3, 0)
  send("1", "2")
  send(1.9, 2.9)
  send(nil, 2)
  send(nil, nil)
  send(0 / 0, 1)
  send(4294967296, 4294967297)
  send(-4294967295, 1)
  client:send("last", port, "127.0.0.1", function() client:close() end)
end)
