-- what a closed socket answers: most throw, ref() and unref() do not
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:bind(0, "127.0.0.1", function()
  socket:close(function()
    p.attempt("bind", function() return socket:bind(0) end)
    p.attempt("send", function() return socket:send("x", 1) end)
    p.attempt("send address", function() return socket:send("x", 0, 1, 1, "127.0.0.1", function() p.log("never") end) end)
    p.attempt("sendto", function() return socket:sendto("x", 0, 1, 1, "127.0.0.1") end)
    p.attempt("address", function() return socket:address() end)
    p.attempt("remoteAddress", function() return socket:remoteAddress() end)
    p.attempt("disconnect", function() return socket:disconnect() end)
    p.attempt("setMulticastInterface", function() return socket:setMulticastInterface("127.0.0.1") end)
    p.attempt("addMembership", function() return socket:addMembership("239.1.2.3") end)
    p.attempt("dropMembership", function() return socket:dropMembership("239.1.2.3") end)
    p.attempt("addSourceSpecificMembership", function() return socket:addSourceSpecificMembership("127.0.0.1", "232.1.1.1") end)
    p.attempt("dropSourceSpecificMembership", function() return socket:dropSourceSpecificMembership("127.0.0.1", "232.1.1.1") end)
    p.attempt("close", function() return socket:close() end)
    p.log(socket:ref() == socket, socket:unref() == socket, socket.type)
  end)
end)
