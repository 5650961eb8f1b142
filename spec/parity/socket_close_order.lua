-- A ends and B ends with it: the events of both ends, each in its own order
local net = require "net"
local p = require "prelude"

local names = { "data", "end", "prefinish", "finish", "error", "close" }
local lines = {}
local server = net.createServer(function(peer)
  for _, name in ipairs(names) do peer:on(name, function(...) lines[#lines + 1] = { name, ... } end) end
end)
server:on("close", function()
  for _, line in ipairs(lines) do p.log("B", line[1], line[2]) end
end)
server:listen(0, "127.0.0.1", function()
  local socket = p.trace("A", net.connect(server:address().port, "127.0.0.1"), names)
  socket:on("connect", function()
    p.log("end returns", socket:finish("bye", function() p.log("A end callback") end))
    p.log(socket.writable, socket.writableEnded, socket.writableFinished, socket.readyState)
  end)
  socket:on("finish", function() p.log(socket.writableFinished, socket.readyState, socket.destroyed) end)
  socket:on("end", function() p.log(socket.readableEnded, socket.readyState, socket.destroyed) end)
  socket:on("close", function() server:close() end)
end)
