local net = require "net"
local stream = require "stream"
local log = require "prelude".log

local function source(...)
  local parts = { ... }
  return stream.Readable { read = function(self) self:push(table.remove(parts, 1)) end }
end
local function watch(label, s)
  for _, name in ipairs { "pipe", "unpipe", "end", "finish", "error", "close" } do
    s:on(name, function(arg) log(label, name, type(arg) == "table" and arg.message and arg or "") end)
  end
  return s
end
local function sink(label, slow)
  return stream.Writable { highWaterMark = 2, write = function(_, chunk, _, callback)
    log(label, chunk)
    if slow then setImmediate(callback) else callback() end
  end }
end
local steps = {
  function(next) watch("a", source("one", "two", "three")):pipe(watch("b", sink("slow", true))):on("close", next) end,
  function(next) -- the slowest governs
    local a = source("one", "two", "three")
    local slow = sink("slow", true)
    a:pipe(sink "fast")
    a:pipe(slow):on("close", next)
    a:on("end", function() log "end" end)
  end,
  function(next) -- a destination that fails
    local a = watch("a", source("one", "two"))
    local bad = watch("bad", stream.Writable { write = function(_, _, _, callback) callback(Error "bad") end })
    a:pipe(bad)
    bad:on("close", function()
      setImmediate(function()
        log(a.destroyed, a.readableFlowing)
        a:destroy()
        a:on("close", next)
      end)
    end)
  end,
  function(next) -- unpiped while it writes
    local a = watch("a", source("one", "two"))
    local b
    b = watch("b", stream.Writable { write = function(_, chunk, _, callback)
      log("b", chunk)
      a:unpipe(b)
      callback()
    end })
    a:pipe(b)
    a:pipe(watch("c", sink "c")):on("close", function()
      log(b.writableEnded)
      next()
    end)
  end,
  function(next) -- through sockets
    local function upper()
      return stream.Transform { transform = function(_, chunk, _, callback) callback(nil, chunk:upper()) end }
    end
    local server
    server = net.createServer(function(peer)
      peer:pipe(upper()):pipe(peer)
      server:close()
    end)
    server:listen(0, "127.0.0.1", function()
      local client = net.connect(server:address().port, "127.0.0.1")
      local heard = ""
      source("hello, ", "world"):pipe(client):pipe(stream.Writable { write = function(_, chunk, _, callback)
        heard = heard .. chunk
        callback()
      end }):on("close", function()
        log(heard)
        next()
      end)
    end)
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
