-- a destination that is destroyed or ended is let go; the source goes on without it, paused
local net = require "net"
local p = require "prelude"

local source = net.createServer(function(peer) peer:write("hello") end)
local sink = net.createServer(function(peer) peer:on("error", function() end):resume() end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  local from = net.connect(source:address().port, "127.0.0.1")
  local to = net.connect(sink:address().port, "127.0.0.1")
  to:on("unpipe", function(src) p.log("unpipe", src == from, to.destroyed, from.destroyed) end)
  p.trace("to", to, { "finish", "error", "close" })
  from:pipe(to)
  from:once("data", function(chunk)
    p.log("data", chunk)
    to:destroy()
  end)
  to:on("close", function()
    p.log(from.destroyed, from.readyState, from.readableFlowing, from:isPaused())
    from:destroy()
    sink:close(function() source:close(function() p.log("closed") end) end)
  end)
end) end)
