-- destroy() of sockets that never connected: 'close' by tick, with 'error' before it if one was given
local net = require "net"
local p = require "prelude"

local function watch(name, socket)
  socket:on("error", function(err) p.log(name, "error", err) end)
  socket:on("close", function() p.log(name, "close") end)
  return socket
end
local plain = watch("plain", net.Socket())
plain:destroy()
p.log(plain.destroyed, plain.readyState, plain.pending, plain.writable)
local failed = watch("failed", net.Socket())
failed:destroy(Error("enough"))
process.nextTick(function() p.log("tick") end)
