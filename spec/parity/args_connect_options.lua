-- net.connect(): options that throw at once
local net = require "net"
local p = require "prelude"

local function check(label, options) options.port = 9; p.attempt(label, function() return net.connect(options) end) end
check("host number", { host = 5 })
check("localAddress", { host = "127.0.0.1", localAddress = "x" })
check("localAddress name", { host = "127.0.0.1", localAddress = "localhost" })
check("localPort", { host = "127.0.0.1", localPort = "x" })
check("family", { host = "localhost", family = 5 })
check("lookup", { host = "localhost", lookup = 5 })
check("autoSelectFamily", { autoSelectFamily = 5 })
check("attempt timeout", { autoSelectFamilyAttemptTimeout = 0 })
check("attempt timeout string", { autoSelectFamilyAttemptTimeout = "x" })
check("attempt timeout fraction", { autoSelectFamilyAttemptTimeout = 20.5 })
check("timeout -1", { timeout = -1 })
check("timeout string", { timeout = "x" })
check("signal", { signal = 5 })
check("objectMode", { objectMode = true })
