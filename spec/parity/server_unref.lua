-- an unref'd server does not keep the program alive, whether unref'd before or after listen(); ref() undoes it
local net = require "net"
local p = require "prelude"

local before = net.createServer()
p.log(before:unref() == before)
before:listen(0)
local after = net.createServer():listen(0, "127.0.0.1")
p.log(after:unref() == after)
local again = net.createServer():listen(0)
p.log(again:unref():ref() == again)
setTimeout(function() again:close(function() p.log("closed") end) end, 20):unref()
process.on("exit", function(code) p.log("exit", code, before.listening, after.listening, again.listening) end)
