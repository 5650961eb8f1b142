-- wrong arguments of what asks name servers, and what is known without asking
local dns = require "dns"
local p = require "prelude"
local log, attempt = p.log, p.attempt

local function never() log("never") end
attempt("name", function() return dns.resolve4(5, never) end)
attempt("type", function() return dns.resolve("x", "BOGUS", never) end)
attempt("type", function() return dns.resolve("x", 5, never) end)
attempt("name", function() return dns.resolve(5, "TXT", never) end)
attempt("name", function() return dns.resolve(5, never) end)
attempt("reverse", function() return dns.reverse("x", never) end)
attempt("reverse", function() return dns.reverse(5, never) end)

local resolver = dns.Resolver()
resolver:setServers { "127.0.0.1:9" }
local function told(err, result) log(err, err.code, err.syscall, err.hostname, result) end
resolver:resolve4("a.example", told)
resolver:resolve("b.example", "SRV", told)
resolver:reverse("192.0.2.1", told)
local ok, err = pcall(resolver.setServers, resolver, { "127.0.0.1" })
if not ok then log(err.name, err.code) end
resolver:cancel()
log("cancelled")
