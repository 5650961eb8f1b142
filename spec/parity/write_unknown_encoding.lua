-- encodings that do not exist: thrown by write() and setEncoding(), nothing else happens
local net = require "net"
local p = require "prelude"

local server = net.createServer(function(peer) peer:resume() end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.trace("socket", socket, { "finish", "end", "error", "close" })
  socket:on("ready", function()
    p.attempt("write", function() return socket:write("x", "utf9") end)
    p.attempt("write with callback", function() return socket:write("x", "UTF-32", function() p.log("never") end) end)
    p.attempt("end", function() return socket:finish("x", "latin2") end)
    p.attempt("setEncoding", function() return socket:setEncoding("utf9") end)
    p.attempt("setDefaultEncoding", function() return socket:setDefaultEncoding("utf9") end)
    p.log(socket.writable, socket.writableEnded, socket.readableEncoding, socket.bytesWritten)
    socket:finish()
  end)
  socket:on("close", function() server:close() end)
end)
