-- the second argument of createSocket() is a listener of 'message', if it is a function
local dgram = require "dgram"
local p = require "prelude"

local function listener() end
for _, type in ipairs({ "udp4", { type = "udp6" } }) do
  local socket = dgram.createSocket(type, listener)
  p.log(socket:listenerCount("message"), socket:listeners("message")[1] == listener, socket:eventNames())
end
for _, other in ipairs({ 5, "message", {}, false }) do p.log(#dgram.createSocket("udp4", other):eventNames()) end
p.log(dgram.createSocket("udp4"):on("message", listener):once("message", listener):listenerCount("message"))
