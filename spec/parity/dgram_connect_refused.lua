-- a peer that nobody is bound to: 'error' of the receiving side, and the socket goes on
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "connect", "error", "close" })
local times = 0
socket:on("error", function(err)
  p.log(err.name, err.code, err.errno, err.syscall, err.address, err.port)
  times = times + 1
  if times == 1 then socket:send("again", function(second, bytes) p.log("sent", second, bytes) end)
  else socket:close() end
end)
socket:connect(1, "127.0.0.1", function()
  socket:send("x", function(err, bytes) p.log("sent", err, bytes, socket:remoteAddress().port) end)
end)
