-- a list of strings is one datagram; what is done to the list afterwards does not matter
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message, info)
  p.log("message", message, info.size)
  if message == "last" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  local function done(err, bytes) p.log("sent", err, bytes) end
  local list = { "one ", "two" }
  client:send(list, port, done)
  list[#list + 1] = " three"
  client:send(list, port, "127.0.0.1", done)
  list[1] = "changed"
  p.log(#list)
  client:send({ "a" }, port, done)
  client:send({ "", "b", "", "c", "" }, port, done)
  local many = {}
  for i = 1, 20 do many[i] = "0123" end
  client:send(many, port, done)
  client:send({ "h\u{e9}", "\u{20ac}" }, port, done)
  client:send("last", port, function() client:close() end)
end)
