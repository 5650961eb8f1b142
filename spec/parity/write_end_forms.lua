-- the forms of end(): all return the socket, the callback comes before the listeners of 'finish'
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:on("data", function(chunk) heard = heard .. chunk end) end)
local function callback(err) return p.log("callback", err) end
local forms = {
  function(socket) return socket:finish() end,
  function(socket) return socket:finish(callback) end,
  function(socket) return socket:finish("data") end,
  function(socket) return socket:finish("data", callback) end,
  function(socket) return socket:finish("64617461", "hex") end,
  function(socket) return socket:finish("ZGF0YQ==", "base64", callback) end,
  function(socket) return socket:finish("", callback) end
}
local function run()
  local form = table.remove(forms, 1)
  if form == nil then return server:close() end
  local socket = net.connect(server:address().port, "127.0.0.1")
  heard = ""
  socket:on("finish", function() p.log("finish") end)
  p.log(form(socket), socket.writableEnded)
  socket:on("close", function()
    p.log("heard", heard)
    run()
  end)
end
server:listen(0, "127.0.0.1", function() run() end)
