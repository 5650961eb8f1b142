-- write() on a socket that never connected: callback Socket is closed, 'error', 'close'
local net = require "net"
local p = require "prelude"

local function run(name, action, after)
  local socket = net.Socket()
  socket:on("error", function(err) p.log(name, "error", err) end)
  socket:on("finish", function() p.log(name, "finish") end)
  socket:on("close", function()
    p.log(name, "close", socket.destroyed)
    after()
  end)
  p.log(name, "returns", action(socket))
  p.log(name, socket.destroyed)
end
local function write(socket) return socket:write("x", function(err) p.log("callback", err) end) end
local function ending(socket) return socket:finish("x", function(err) p.log("end callback", err) end) end
run("write", write, function() run("end with data", ending, function() p.log("done") end) end)
