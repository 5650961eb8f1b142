-- several destinations: each gets everything and the end
local net = require "net"
local p = require "prelude"

local heard, open, unpiped = "", 3, 0
local sink; sink = net.createServer(function(peer)
  local mine = ""
  peer:on("data", function(chunk) mine = mine .. chunk end)
  peer:on("end", function() heard = heard .. "(" .. mine .. ")" end)
  peer:on("close", function()
    open = open - 1
    if open == 0 then sink:close(function() p.log("heard", heard, unpiped) end) end
  end)
end)
local source = net.createServer(function(peer) peer:finish("hello") end)
sink:listen(0, "127.0.0.1", function() source:listen(0, "127.0.0.1", function()
  local from = net.connect(source:address().port, "127.0.0.1")
  for _, name in ipairs({ "a", "b", "c" }) do
    local to = net.connect(sink:address().port, "127.0.0.1")
    to:on("pipe", function(src) p.log("pipe", name, src == from) end)
    to:on("unpipe", function() unpiped = unpiped + 1 end)
    from:pipe(to)
  end
  from:on("close", function() source:close() end)
end) end)
