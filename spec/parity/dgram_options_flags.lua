-- setBroadcast() and setMulticastLoopback(): what they return
local dgram = require "dgram"
local p = require "prelude"

local function run(type, after)
  local socket = dgram.createSocket(type)
  socket:bind(0, function()
    for _, on in ipairs({ true, false, "yes", 5 }) do
      p.attempt(("%s setBroadcast %s"):format(type, on), function() return socket:setBroadcast(on) end)
      p.attempt(("%s setMulticastLoopback %s"):format(type, on), function() return socket:setMulticastLoopback(on) end)
    end
    p.attempt("setBroadcast", function() return socket:setBroadcast() end)
    p.attempt("setMulticastLoopback", function() return socket:setMulticastLoopback() end)
    socket:close(after)
  end)
end
run("udp4", function() run("udp6", function() p.log("done") end) end)
