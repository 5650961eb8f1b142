-- setDefaultEncoding: for writes that name none
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
server:listen(0, "127.0.0.1", function()
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket:setDefaultEncoding("hex"))
  socket:write("616263")
  socket:write("616263", "utf8")
  socket:setDefaultEncoding("utf8")
  socket:finish("616263", function() p.log("end") end)
  socket:on("close", function() server:close(function() p.log("heard", heard) end) end)
end)
