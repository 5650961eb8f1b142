-- all forms of bind()
local dgram = require "dgram"
local p = require "prelude"

local forms = {
  { "nothing", function(s, f) return s:on("listening", f):bind() end }, { "callback", function(s, f) return s:bind(f) end },
  { "port", function(s, f) return s:on("listening", f):bind(0) end }, { "port, callback", function(s, f) return s:bind(0, f) end },
  { "port, address", function(s, f) return s:on("listening", f):bind(0, "127.0.0.1") end },
  { "port, address, callback", function(s, f) return s:bind(0, "127.0.0.2", f) end },
  { "port as string", function(s, f) return s:bind("0", f) end },
  { "no port", function(s, f) return s:bind(nil, "127.0.0.1", f) end }, { "no address", function(s, f) return s:bind(0, nil, f) end },
  { "empty address", function(s, f) return s:bind(0, "", f) end }, { "no options", function(s, f) return s:bind({}, f) end },
  { "options", function(s, f) return s:bind({ port = 0, address = "127.0.0.1" }, f) end },
  { "options, address", function(s, f) return s:bind({ address = "127.0.0.3" }, f) end },
  { "options, exclusive", function(s, f) return s:bind({ port = 0, exclusive = true }, f) end },
  { "options, empty address", function(s, f) return s:bind({ port = 0, address = "" }, f) end },
  { "options without callback", function(s, f) return s:on("listening", f):bind({ port = 0, address = "127.0.0.1" }) end },
  { "options, address beside", function(s, f) return s:bind({ port = 0 }, "127.0.0.1", f) end },
}
local function next()
  if #forms == 0 then return end
  local label, form = table.unpack(table.remove(forms, 1))
  local socket = dgram.createSocket("udp4")
  p.log(label, form(socket, function()
    local address = socket:address()
    p.log(address.address, address.family, address.port > 0 and address.port < 65536)
    socket:close(next)
  end) == socket)
end
next()
