-- a socket whose emit() is the script's own: messages pass through it, as long as it is there
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
local emit = server.emit
server.emit = function(self, event, ...)
  p.log("emit", event, select("#", ...), tostring(... or ""))
  if event == "message" and ... == "hidden" then return true end
  local heard = emit(self, event, ...)
  p.log(event, heard)
  return heard
end
server:on("message", function(message, info)
  p.log("message", message, info.size)
  if message == "plain" then server.emit = nil end
  if message == "last" then server:close(function() p.log("closed") end) end
end)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  local texts = { "a", "hidden", "b", "plain", "c", "last" }
  local function next_one()
    if #texts == 0 then return client:close() end
    client:send(table.remove(texts, 1), next_one)
  end
  client:connect(server:address().port, "127.0.0.1", next_one)
end)
