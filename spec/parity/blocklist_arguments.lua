-- wrong arguments of a BlockList's methods
local net = require "net"
local p = require "prelude"
local log, attempt = p.log, p.attempt
local unpack = table.unpack

local list = net.BlockList()
for _, args in ipairs { {}, { 5 }, { "x" }, { "" }, { "1.2.3.4", 5 }, { "1.2.3.4", "ipv5" }, { "1.2.3.4", "ipv6" },
  { "::1", "ipv4" }, { "1.2.3.4/8" } } do
  attempt("addAddress", function() return list:addAddress(unpack(args)) end)
end
for _, args in ipairs { { 5 }, { "1.1.1.1" }, { "1.1.1.1", 5 }, { "1.1.1.1", "x" }, { "1.1.1.1", "::1", "ipv4" },
  { "1.1.1.1", "1.1.1.2", "ipv6" }, { "1.1.1.1", "1.1.1.2", 5 } } do
  attempt("addRange", function() return list:addRange(unpack(args)) end)
end
for _, args in ipairs { { "2.2.2.2", "1.1.1.1" }, { "::2", "::1", "ipv6" }, { "1.1.1.256", "1.1.2.0" } } do
  local ok, err = pcall(list.addRange, list, unpack(args))
  if not ok then log(err.name, err.code) end
end
for _, args in ipairs { { 5 }, { "1.1.1.1" }, { "1.1.1.1", "8" }, { "1.1.1.1", 33 }, { "1.1.1.1", -1 }, { "1.1.1.1", 1.5 },
  { "1.1.1.1", 0 / 0 }, { "x", 8 }, { "::", 129, "ipv6" }, { "::", 33, "ipv4" } } do
  attempt("addSubnet", function() return list:addSubnet(unpack(args)) end)
end
for _, args in ipairs { {}, { 5 }, { true }, { "1.2.3.4", 5 } } do attempt("check", function() return list:check(unpack(args)) end) end
log(#list.rules)
