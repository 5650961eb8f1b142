-- pipe to another socket: 'pipe' inside the call, the data, the end, 'unpipe'
local net = require "net"
local p = require "prelude"

local heard = ""
local sink = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
local source = net.createServer(function(peer) peer:finish("hello") end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  local from = net.connect(source:address().port, "127.0.0.1")
  local to = net.connect(sink:address().port, "127.0.0.1")
  to:on("pipe", function(src) p.log("pipe", src == from) end)
  to:on("unpipe", function(src) p.log("unpipe", src == from, to.writableEnded) end)
  p.log("returns", from:pipe(to) == to, from.readableFlowing)
  from:on("end", function() p.log("from end", to.writableEnded) end)
  p.trace("to", to, { "prefinish", "finish", "end", "close" })
  to:on("close", function()
    p.log("heard", heard)
    sink:close()
    source:close()
  end)
end) end)
