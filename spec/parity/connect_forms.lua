-- the forms of connect's arguments all mean the same; each returns the socket
local net = require "net"
local p = require "prelude"

local path = p.tmp("PIPE")
local function check(name, forms, after)
  local open = #forms
  for _, form in ipairs(forms) do
    local socket = form()
    socket:on("connect", function() socket:finish() end):on("close", function()
      open = open - 1
      if open == 0 then after() end
    end):resume()
    p.log(name, socket, socket.connecting)
  end
end
local tcp; tcp = net.createServer(function(peer) peer:resume() end):listen(0, "127.0.0.1", function()
  local port = tcp:address().port
  check("tcp", {
    function() return net.connect(port, "127.0.0.1") end,
    function() return net.connect(tostring(port), "127.0.0.1", function() p.log("callback") end) end,
    function() return net.createConnection({ port = port, host = "127.0.0.1" }) end,
    function() return net.Socket():connect(port, "127.0.0.1") end,
    function() return net.Socket():connect({ port = tostring(port), host = "127.0.0.1" }) end
  }, function() tcp:close() end)
end)
local unix = net.createServer(function(peer) peer:resume() end)
tcp:on("close", function() unix:listen(path, function()
  check("unix", {
    function() return net.connect(path) end,
    function() return net.createConnection({ path = path }) end,
    function() return net.Socket():connect({ path = path, port = 1 }) end
  }, function() unix:close() end)
end) end)
