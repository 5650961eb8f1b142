-- listen() without a port: any port, IPv6 and IPv4; the callback may come first or second
local net = require "net"
local p = require "prelude"

local bare = net.createServer()
p.log(bare:listen() == bare, bare.listening, bare:address().address, bare:address().port > 0)
bare:on("listening", function() bare:close(function() p.log("listen()") end) end)
local first = net.createServer()
first:listen(function() first:close(function() p.log("listen(callback)", first.listening) end) end)
local second = net.createServer()
second:listen(nil, function() second:close(function() p.log("listen(undefined, callback)") end) end)
local third = net.createServer()
third:listen({ port = 0 }, function() third:close(function() p.log("listen(options, callback)") end) end)
local fourth = net.createServer()
fourth:listen("0", function() fourth:close(function() p.log("listen(string, callback)") end) end)
