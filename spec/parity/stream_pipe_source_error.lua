-- an error of the source is not passed on: the destination stays open
local net = require "net"
local p = require "prelude"

local heard = ""
local source = net.createServer(function(peer) peer:on("error", function() end):write("hello") end)
local sink = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  local from = p.trace("from", net.connect(source:address().port, "127.0.0.1"), { "end", "error", "close" })
  local to = p.trace("to", net.connect(sink:address().port, "127.0.0.1"), { "finish", "error", "close" })
  from:pipe(to)
  from:on("data", function() from:destroy(Error("broken")) end)
  from:on("close", function() setImmediate(function()
    p.log(to.destroyed, to.writableEnded)
    to:finish()
  end) end)
  to:on("close", function() sink:close(function() source:close(function() p.log("heard", heard) end) end) end)
end) end)
