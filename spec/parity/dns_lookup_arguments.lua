-- wrong arguments of lookup, lookupService and setDefaultResultOrder
local dns = require "dns"
local p = require "prelude"
local log, attempt = p.log, p.attempt

local function never() log("never") end
attempt("options of text", function() return dns.lookup("127.0.0.1", "x", never) end)
attempt("options of boolean", function() return dns.lookup("127.0.0.1", true, never) end)
attempt("hostname of number", function() return dns.lookup(5, never) end)
attempt("family 5", function() return dns.lookup("127.0.0.1", 5, never) end)
for _, family in ipairs { 5, "4", true } do attempt("family", function() return dns.lookup("127.0.0.1", { family = family }, never) end) end
for _, hints in ipairs { "4", 100, true } do attempt("hints", function() return dns.lookup("127.0.0.1", { hints = hints }, never) end) end
for _, all in ipairs { 1, "x" } do attempt("all", function() return dns.lookup("127.0.0.1", { all = all }, never) end) end
attempt("verbatim", function() return dns.lookup("127.0.0.1", { verbatim = 0 }, never) end)
for _, order in ipairs { 1, "x" } do attempt("order", function() return dns.lookup("127.0.0.1", { order = order }, never) end) end
attempt("lookupService 0", function() return dns.lookupService() end)
attempt("lookupService 2", function() return dns.lookupService("127.0.0.1", never) end)
attempt("lookupService address", function() return dns.lookupService("x", 0, never) end)
for _, port in ipairs { 65536, -1, "x", 1.5 } do
  attempt("lookupService port", function() return dns.lookupService("127.0.0.1", port, never) end)
end
attempt("order", function() return dns.setDefaultResultOrder("x") end)
attempt("no order", function() return dns.setDefaultResultOrder() end)
log(dns.getDefaultResultOrder())
dns.setDefaultResultOrder("ipv4first")
log(dns.getDefaultResultOrder())
log(dns.ADDRCONFIG, dns.V4MAPPED, dns.ALL, dns.NODATA, dns.TIMEOUT, dns.EOF, dns.CANCELLED, dns.NOTFOUND)
