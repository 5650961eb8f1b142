-- a listener that is taken away in 'message' hears no more; what nobody hears is lost
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
local function heard(message)
  p.log("heard", message)
  server:off("message", heard)
end
local emit = server.emit
function server:emit(name, message, ...)
  p.log("emit", name)
  local result = emit(self, name, message, ...)
  if name == "message" and message == "b" then
    server:on("message", function(last)
      p.log("last", last)
      server:close()
    end)
  end
  return result
end
server:on("message", heard)
server:bind(0, "127.0.0.1", function()
  local client = dgram.createSocket("udp4")
  for _, message in ipairs({ "a", "b" }) do client:send(message, server:address().port, "127.0.0.1") end
  client:send("c", server:address().port, "127.0.0.1", function() client:close() end)
end)
