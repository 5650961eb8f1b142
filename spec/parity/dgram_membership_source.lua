-- addSourceSpecificMembership() and dropSourceSpecificMembership(): strings, then what the system says
local dgram = require "dgram"
local p = require "prelude"

local socket = dgram.createSocket("udp4")
socket:bind(0, function()
  for _, method in ipairs({ "addSourceSpecificMembership", "dropSourceSpecificMembership" }) do
    p.attempt(method .. " nothing", function() return socket[method](socket) end)
    p.attempt("source number", function() return socket[method](socket, 5, "232.1.1.1") end)
    p.attempt("source true", function() return socket[method](socket, true) end)
    p.attempt("source object", function() return socket[method](socket, {}, "232.1.1.1") end)
    p.attempt("no group", function() return socket[method](socket, "127.0.0.1") end)
    p.attempt("group number", function() return socket[method](socket, "127.0.0.1", 5) end)
    p.attempt("group false", function() return socket[method](socket, "127.0.0.1", false) end)
    p.attempt("source first", function() return socket[method](socket, 5, 5) end)
    p.attempt("source text", function() return socket[method](socket, "nothing", "232.1.1.1") end)
    p.attempt("group text", function() return socket[method](socket, "127.0.0.1", "nothing") end)
    p.attempt("group unicast", function() return socket[method](socket, "127.0.0.1", "127.0.0.1", "127.0.0.1") end)
    p.attempt("interface text", function() return socket[method](socket, "127.0.0.1", "232.1.1.1", "nothing") end)
  end
  p.attempt("drop before add", function() return socket:dropSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1") end)
  p.attempt("add", function() return socket:addSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1") end)
  p.attempt("add again", function() return socket:addSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1") end)
  p.attempt("another source", function() return socket:addSourceSpecificMembership("127.0.0.2", "232.1.1.1", "127.0.0.1") end)
  p.attempt("drop", function() return socket:dropSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1") end)
  p.attempt("drop again", function() return socket:dropSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1") end)
  socket:close()
end)
