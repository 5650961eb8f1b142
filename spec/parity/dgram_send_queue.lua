-- getSendQueueSize() and getSendQueueCount(): nothing waits for long
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
local function show(label) p.log(label, socket:getSendQueueSize(), socket:getSendQueueCount()) end
show("unbound")
socket:bind(0, "127.0.0.1", function()
  show("bound")
  socket:connect(9, "127.0.0.1", function()
    show("connected")
    socket:send("hello", function()
      show("told")
      socket:close()
    end)
    show("sent")
  end)
  show("connecting")
end)
show("binding")
socket:on("error", function() end)
