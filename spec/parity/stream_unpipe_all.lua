-- unpipe() without an argument lets all destinations go, in the order of the pipes
local net = require "net"
local p = require "prelude"

local from = net.Socket()
local sinks = {}
for _, name in ipairs({ "a", "b", "c" }) do
  local to = net.Socket()
  to:on("pipe", function() p.log("pipe", name) end)
  to:on("unpipe", function(src) p.log("unpipe", name, src == from) end)
  sinks[#sinks + 1] = from:pipe(to)
end
p.log(from:unpipe(sinks[2]) == from, from.readableFlowing)
p.log(from:unpipe() == from, from.readableFlowing, from:isPaused())
