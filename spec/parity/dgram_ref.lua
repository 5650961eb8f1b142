-- ref() and unref() return the socket, in every state
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
local function both(label)
  p.log(label, socket:ref() == socket, socket:unref() == socket, socket:ref():unref():ref() == socket)
end
both("unbound")
socket:bind(0, function()
  both("bound")
  socket:connect(9, function()
    both("connected")
    socket:close(function() both("closed") end)
    both("closing")
  end)
end)
both("binding")
