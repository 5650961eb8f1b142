-- is_ip.lua - the tutorial's net.isIP, isIPv4 and isIPv6. Usage: is_ip.lua [text...]
local net = require "net"
local inputs = #arg > 0 and arg or { "127.0.0.1", "::1", "localhost" }

for _, input in ipairs(inputs) do
  console.log("%s: isIP %d, isIPv4 %s, isIPv6 %s", input, net.isIP(input), net.isIPv4(input), net.isIPv6(input))
end
