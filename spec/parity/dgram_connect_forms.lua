-- all forms of connect()
local dgram = require "dgram"
local p = require "prelude"

local forms = {
  { "port", function(s, f) return s:on("connect", f):connect(9) end }, { "port, callback", function(s, f) return s:connect(9, f) end },
  { "port, address", function(s, f) return s:on("connect", f):connect(9, s.type == "udp4" and "127.0.0.2" or "::1") end },
  { "port, address, callback", function(s, f) return s:connect(9, s.type == "udp4" and "127.0.0.3" or "::1", f) end },
  { "empty address", function(s, f) return s:connect(9, "", f) end }, { "no address", function(s, f) return s:connect(9, nil, f) end },
  { "port as string", function(s, f) return s:connect("9", f) end }, { "largest port", function(s, f) return s:connect(65535, f) end },
}
local function run(type, i, after)
  if i > #forms then return after() end
  local label, form = table.unpack(forms[i])
  local socket = dgram.createSocket(type)
  p.log(label, (form(socket, function(...)
    p.log(select("#", ...), socket:remoteAddress())
    socket:close(function() run(type, i + 1, after) end)
  end)))
end
run("udp4", 1, function() run("udp6", 1, function() p.log("done") end) end)
