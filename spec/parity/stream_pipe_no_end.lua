-- pipe with end=false: the destination stays open and may be written to
local net = require "net"
local p = require "prelude"

local heard = ""
local sink = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
local source = net.createServer(function(peer) peer:finish("hello ") end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  local from = net.connect(source:address().port, "127.0.0.1")
  local to = net.connect(sink:address().port, "127.0.0.1")
  p.trace("to", to, { "finish", "end", "close" })
  from:pipe(to, { ["end"] = false })
  from:on("close", function()
    p.log("from close", to.readyState, to.writableEnded, to:listenerCount("unpipe"))
    to:finish("world")
  end)
  to:on("close", function()
    p.log("heard", heard)
    sink:close()
    source:close()
  end)
end) end)
