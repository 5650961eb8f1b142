-- a Unix socket behaves as a TCP one: half-open, order of events, write callbacks
local net = require "net"
local p = require "prelude"

local path = p.tmp("PIPE")
local heard = ""
local server = net.createServer({ allowHalfOpen = true }, function(peer)
  peer:on("data", function(chunk) heard = heard .. chunk end)
  peer:on("end", function()
    p.log("server heard", heard, peer.readyState, peer.remoteAddress, peer:address())
    peer:finish("answer")
  end)
end)
server:listen(path, function()
  local socket = net.connect(path)
  p.trace("socket", socket, { "connect", "data", "end", "prefinish", "finish", "close" })
  p.log(socket:write("one ", function() p.log("one") end), socket.connecting)
  socket:on("ready", function() setImmediate(function()
    p.log(socket:write("two", function() p.log("two") end), socket.writableLength, socket.bytesWritten)
    socket:finish(function() p.log("end") end)
  end) end)
  socket:on("finish", function() p.log(socket.readyState, socket:setNoDelay(), socket:setKeepAlive(true)) end)
  socket:on("close", function() server:close() end)
end)
