-- readableFlowing at every step
local net = require "net"
local p = require "prelude"

local function flowing(label, socket) return p.log(label, socket.readableFlowing, socket:isPaused()) end
local function run(name, action)
  local socket = net.Socket()
  flowing(name .. " new", socket)
  action(socket)
  flowing(name .. " done", socket)
  process.nextTick(function() process.nextTick(function()
    flowing(name .. " ticked", socket)
    socket:destroy()
    flowing(name .. " destroyed", socket)
  end) end)
end
local function listener() return p.log("never") end
run("data", function(socket) socket:on("data", listener) end)
run("once", function(socket) socket:once("data", listener) end)
run("readable", function(socket) socket:on("readable", function() end) end)
run("resume", function(socket) socket:resume() end)
run("pause", function(socket) socket:pause() end)
run("pause, data", function(socket) socket:pause():on("data", listener) end)
run("data, pause", function(socket) socket:on("data", listener):pause() end)
run("data, off", function(socket) socket:on("data", listener):off("data", listener) end)
run("readable, data", function(socket) socket:on("readable", function() end):on("data", listener) end)
run("pipe", function(socket) socket:pipe(net.Socket()) end)
