-- createSocket(): options that are refused, and in which order they are looked at
local dgram = require "dgram"
local p = require "prelude"

local function create(label, options) p.attempt(label, function() return dgram.createSocket(options).type end) end

for _, name in ipairs({ "recvBufferSize", "sendBufferSize" }) do
  for _, size in ipairs({ 0, 1, 4096, 4294967295, false }) do
    create(("%s %s"):format(name, size), { type = "udp4", [name] = size })
  end
  for _, size in ipairs({ -1, 1.5, 4294967296 }) do create(("%s %s"):format(name, size), { type = "udp4", [name] = size }) end
  create(name .. " string", { type = "udp4", [name] = "4096" })
  create(name .. " true", { type = "udp4", [name] = true })
  create(name .. " object", { type = "udp4", [name] = {} })
end
create("lookup number", { type = "udp4", lookup = 5 })
create("lookup string", { type = "udp4", lookup = "dns" })
create("lookup false", { type = "udp4", lookup = false })
create("lookup object", { type = "udp4", lookup = {} })
create("lookup", { type = "udp4", lookup = function() end })
create("sizes first", { type = "udp", lookup = 5, recvBufferSize = -1, sendBufferSize = -2 })
create("sending second", { type = "udp", lookup = 5, sendBufferSize = -2 })
create("lookup third", { type = "udp", lookup = 5 })
create("type fourth", { type = "udp", signal = 5 })
create("flags", { type = "udp4", reuseAddr = 1, ipv6Only = "yes", unknown = {} })
