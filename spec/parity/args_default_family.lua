-- the module's defaults for happy eyeballs
local net = require "net"
local p = require "prelude"

p.log(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout())
net.setDefaultAutoSelectFamily(false)
net.setDefaultAutoSelectFamilyAttemptTimeout(300)
p.log(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout())
net.setDefaultAutoSelectFamilyAttemptTimeout(5)
p.log(net.getDefaultAutoSelectFamilyAttemptTimeout())
p.attempt("family", function() return net.setDefaultAutoSelectFamily(5) end)
p.attempt("nothing", function() return net.setDefaultAutoSelectFamily() end)
p.attempt("time", function() return net.setDefaultAutoSelectFamilyAttemptTimeout(0) end)
p.attempt("string", function() return net.setDefaultAutoSelectFamilyAttemptTimeout("x") end)
