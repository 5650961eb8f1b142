-- setTTL() and setMulticastTTL(): what they return, and which numbers they refuse
local dgram = require "dgram"
local p = require "prelude"

local function run(type, after)
  local socket = dgram.createSocket(type)
  socket:bind(0, function()
    for _, method in ipairs({ "setTTL", "setMulticastTTL" }) do
      for _, ttl in ipairs({ 0, 1, 64, 255, 256, -2, 1000, 1.5, "1", true }) do
        p.attempt(("%s %s %s"):format(type, method, ttl), function() return socket[method](socket, ttl) end)
      end
      p.attempt("nothing", function() return socket[method](socket) end)
      p.attempt("object", function() return socket[method](socket, {}) end)
      p.attempt("array", function() return socket[method](socket, { 1 }) end)
    end
    socket:close(after)
  end)
end
run("udp4", function() run("udp6", function() p.log("done") end) end)
