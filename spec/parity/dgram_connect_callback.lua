-- connect() of a bound socket with a third argument that is no function: thrown, unless it is as good as none
local dgram = require "dgram"
local p = require "prelude"

local cases = {
  { "number", 5 }, { "text", "callback" }, { "true", true }, { "object", {} }, { "false", false }, { "0", 0 }, { "empty", "" },
}
local function next_one()
  if #cases == 0 then return end
  local label, callback = table.unpack(table.remove(cases, 1))
  local socket = dgram.createSocket("udp4")
  socket:on("connect", function() p.log("connect") end)
  socket:bind(0, "127.0.0.1", function()
    p.attempt(label, function() return socket:connect(9, "127.0.0.1", callback) end)
    p.log(socket:listenerCount("connect"))
    setImmediate(function() socket:close(next_one) end)
  end)
end
next_one()
