-- a lookup that answers what is no address of the family: EINVAL, in all that ask it
local dgram = require "dgram"
local p = require "prelude"

local tasks = {}
for _, ip in ipairs({ "", "no ip", "::1", "127.1", " 127.0.0.1" }) do
  for _, kind in ipairs({ "send", "connect", "connect unheard", "bind" }) do tasks[#tasks + 1] = { ip, kind } end
end
local function next_one()
  if #tasks == 0 then return end
  local ip, kind = table.unpack(table.remove(tasks, 1))
  local socket = dgram.createSocket({ type = "udp4", lookup = function(_, _, done)
    setImmediate(function() p.attempt("lookup", function() return done(nil, ip, 4) end) end)
  end })
  local function report(name)
    return function(err, bytes)
      p.log(('"%s"'):format(ip), kind, name, err, err and err.syscall, err and err.port, bytes)
      socket:close(next_one)
    end
  end
  socket:on("error", report("error"))
  if kind == "bind" then return socket:bind(0, "a.name", report("bound")) end
  socket:bind(0, "127.0.0.1", function()
    if kind == "send" then socket:send("x", 9, "a.name", report("callback"))
    elseif kind == "connect" then socket:connect(9, "a.name", report("callback"))
    else socket:connect(9, "a.name") end
  end)
end
next_one()
