-- names of an address, and of one that has none
local dns = require "dns"
local p = require "prelude"

dns.lookupService("127.0.0.1", 80, function(err, hostname, service)
  p.log(err, hostname, service)
  dns.lookupService("127.0.0.1", "0", function(err_, hostname_, service_)
    p.log(err_, hostname_, service_)
    dns.reverse("127.0.0.1", function(failed, names) p.log(failed, #names > 0) end)
  end)
end)
p.log("called")
