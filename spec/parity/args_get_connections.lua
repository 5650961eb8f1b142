-- getConnections() wants a function; close() takes anything
local net = require "net"
local p = require "prelude"

local server = net.createServer()
p.attempt("nothing", function() return server:getConnections() end)
p.attempt("number", function() return server:getConnections(5) end)
p.attempt("string", function() return server:getConnections("a string that is longer than twenty-eight characters") end)
p.attempt("object", function() return server:getConnections({}) end)
p.attempt("server", function() return server:getConnections(server) end)
server:listen(0, function()
  p.attempt("close", function() return server:close(5) end)
  server:on("close", function() p.log("closed") end)
end)
