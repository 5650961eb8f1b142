-- remoteAddress() and disconnect() in every state
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "connect", "error", "close" })
local function states(label)
  p.attempt(label .. ": remoteAddress", function() return socket:remoteAddress() end)
  if label ~= "connected" then p.attempt(label .. ": disconnect", function() return socket:disconnect() end) end
end
states("unbound")
socket:bind(0, "127.0.0.1", function()
  states("bound")
  socket:connect(9, "127.0.0.1", function()
    states("connected")
    p.attempt("disconnecting", function() return socket:disconnect() end)
    states("disconnected")
    socket:connect(10, "127.0.0.2", function()
      states("connected")
      p.log((socket:disconnect()))
      socket:close()
      states("closed")
    end)
    states("connecting again")
  end)
  states("connecting")
end)
states("binding")
