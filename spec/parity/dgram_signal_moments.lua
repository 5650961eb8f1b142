-- the signal aborts in every callback: what is told afterwards, and once only
local dgram = require "dgram"
local p = require "prelude"

local function lookup(_, _, done) setImmediate(done, nil, "127.0.0.1", 4) end
local function never() p.log("never") end
local moments = {
  { "listening", function(socket, abort) socket:bind(0, "127.0.0.1", abort) end },
  { "message", function(socket, abort)
    socket:on("message", abort)
    socket:bind(0, "127.0.0.1", function() socket:send("x", socket:address().port, "127.0.0.1") end)
  end },
  { "sent", function(socket, abort)
    socket:bind(0, "127.0.0.1", function() socket:send("x", 9, "127.0.0.1", abort) end)
  end },
  { "connect called", function(socket, abort)
    socket:connect(9, "127.0.0.1", never)
    abort()
  end },
  { "connect", function(socket, abort) socket:connect(9, "127.0.0.1", abort) end },
  { "connect looks up", function(socket, abort)
    socket:bind(0, "127.0.0.1", function()
      socket:connect(9, "a.name", never)
      abort()
    end)
  end },
  { "bind looks up", function(socket, abort)
    socket:bind(0, "a.name", never)
    abort()
  end },
  { "error", function(socket, abort) socket:on("error", abort):bind(0, "203.0.113.1") end },
  { "closed", function(socket, abort)
    socket:close()
    abort()
  end },
  { "close", function(socket, abort) socket:on("close", abort):close() end },
}
local function next_one()
  if #moments == 0 then return end
  local label, begin = table.unpack(table.remove(moments, 1))
  local controller = AbortController()
  local socket = p.trace(label, dgram.createSocket({ type = "udp4", lookup = lookup, signal = controller.signal }),
    { "listening", "connect", "close" })
  socket:on("close", function() setImmediate(setImmediate, next_one) end)
  begin(socket, function()
    p.attempt(label .. " aborts", function() return controller:abort() end)
    p.attempt("again", function() return controller:abort() end)
    if label == "connect called" then return end -- Node closes it later: see dgram_deviation_spec
    p.attempt("closed", function() return socket:bind(0) end)
  end)
end
next_one()
