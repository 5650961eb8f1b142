-- what write() and end() refuse: thrown, the socket stays as it was
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.attempt("number", function() return socket:write(5) end)
  p.attempt("float", function() return socket:write(1.5) end)
  p.attempt("true", function() return socket:write(true) end)
  p.attempt("table", function() return socket:write({ a = 1 }) end)
  p.attempt("list", function() return socket:write({ "a", "b" }) end)
  p.attempt("socket", function() return socket:write(socket) end)
  p.attempt("end number", function() return socket:finish(5) end)
  p.attempt("end true", function() return socket:finish(true) end)
  p.log(socket.writable, socket.writableEnded, socket.writableLength, socket.destroyed)
  socket:on("ready", function() p.attempt("open", function() return socket:write(5) end) end)
  socket:finish("good", function() p.log("end") end)
  socket:on("close", function(hadError)
    p.log("close", hadError)
    server:close()
  end)
end)
