-- empty datagrams: '', [], [''] and a slice of nothing
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message, info)
  p.log("message", #message, info.size)
  if #message > 0 then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  local function done(err, bytes) p.log("sent", err, bytes) end
  client:send("", port, done)
  client:send({}, port, "127.0.0.1", done)
  client:send({ "" }, port, done)
  client:send({ "", "" }, port, done)
  client:send("", 0, 0, port, done)
  client:send("abc", 3, 0, port, "127.0.0.1", done)
  client:sendto("", 0, 0, port, "127.0.0.1", done)
  client:send("x", port, function() client:close() end)
end)
