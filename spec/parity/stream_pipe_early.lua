-- pipe before either end is connected: it goes on when they are
local net = require "net"
local p = require "prelude"

local heard = ""
local sink = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
local source = net.createServer(function(peer) peer:finish("hello") end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  local from, to = net.Socket(), net.Socket()
  to:connect(sink:address().port, "127.0.0.1")
  from:pipe(to)
  p.log(from.readableFlowing, from.readyState, to.readyState)
  from:connect(source:address().port, "127.0.0.1")
  p.trace("to", to, { "finish", "end", "close" })
  to:on("close", function() sink:close(function() source:close(function() p.log("heard", heard, from.destroyed) end) end) end)
end) end)
