-- listeners of 'message' that come and go while messages come
local dgram = require "dgram"
local p = require "prelude"

local server = p.trace("server", dgram.createSocket("udp4"), { "listening", "error", "close" })
local second, third, last, first
second = function(message)
  p.log("second", message)
  server:off("message", second)
  server:once("message", function(m)
    p.log("once", m)
    server:on("message", third)
    server:on("message", function(n) p.log("beside", n) end)
  end)
end
third = function(message)
  p.log("third", message)
  if message == "5" then server:removeAllListeners("message"):on("message", last) end
end
last = function(message, info)
  p.log("last", message)
  info.address = "changed"
  info.size = -1
  server:prependListener("message", function(m, i) p.log("first of all", m, i.address, i.size, i == info) end)
  if message == "7" then server:close() end
end
first = function(message)
  p.log("first", message)
  server:off("message", first)
  server:on("message", second)
end
server:on("message", first)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  local port = server:address().port
  local i = 0
  local function next_one()
    i = i + 1
    if i > 9 then return client:close() end
    client:send(tostring(i), port, "127.0.0.1", next_one)
  end
  next_one()
end)
