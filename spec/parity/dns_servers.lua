-- getServers and setServers, of the module and of a Resolver
local dns = require "dns"
local p = require "prelude"
local log, attempt = p.log, p.attempt

for _, servers in ipairs { 5, { 5 }, { "x" }, { "127.0.0.1:" }, { "127.0.0.1", "localhost" }, { "::1:x" }, { "[::1" } } do
  attempt("setServers", function() return dns.setServers(servers) end)
end
local resolver = dns.Resolver()
for _, servers in ipairs { { "127.0.0.1" }, { "::1", "[::1]", "[::1]:53", "[::1]:5353" }, { "1.2.3.4:53", "1.2.3.4:54" } } do
  dns.setServers(servers)
  resolver:setServers(servers)
  log(dns.getServers(), resolver:getServers())
end
local list = dns.getServers()
table.insert(list, "x")
log(dns.getServers())
resolver:setServers {}
log(#resolver:getServers())
for _, options in ipairs { { timeout = "x" }, { timeout = -2 }, { timeout = 1.5 }, { tries = 0 }, { tries = "x" }, { tries = 1.5 } } do
  attempt("Resolver", function() dns.Resolver(options) end)
end
attempt("no address", function() return resolver:setLocalAddress() end)
for _, ips in ipairs { { "x" }, { "1.2.3.4", "1.2.3.4" }, { "::1", "::2" }, { "127.0.0.1", "x" }, { "127.0.0.1", 5 } } do
  attempt("setLocalAddress", function() return resolver:setLocalAddress(ips[1], ips[2]) end)
end
attempt("in turn", function() return resolver:setLocalAddress("::1", "127.0.0.1") end)
