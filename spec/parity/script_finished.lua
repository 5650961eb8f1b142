local stream = require "stream"
local prelude = require "prelude"
local log, attempt = prelude.log, prelude.attempt
local finished = stream.finished

local function works(_, _, _, callback) callback() end
local function nothing() end
local function ends(self) self:push(nil) end
local function done(label, next)
  return function(err)
    log(label, err)
    setImmediate(next)
  end
end
local steps = {
  function(next)
    local r = stream.Readable { read = ends }
    finished(r, done("read", next))
    r:resume()
  end,
  function(next)
    local w = stream.Writable { write = works }
    finished(w, done("written", next))
    w:finish "x"
  end,
  function(next)
    local r = stream.Readable { read = nothing }
    finished(r, done("premature", next))
    r:destroy()
  end,
  function(next)
    local w = stream.Writable { write = works }
    finished(w, done("error", next))
    w:destroy(Error "bad")
    w:on("error", nothing)
  end,
  function(next)
    local d = stream.PassThrough()
    finished(d, { readable = false }, done("one half", next))
    d:finish "x"
  end,
  function(next)
    local d = stream.PassThrough()
    finished(d, { writable = false }, done("other half", next))
    d:resume()
    d:finish "x"
  end,
  function(next)
    local d = stream.Duplex { read = nothing, write = works }
    local stop = finished(d, function() log "never" end)
    stop()
    d:destroy()
    d:on("close", function() setImmediate(next) end)
  end,
  function(next)
    local r = stream.Readable { read = ends }
    r:resume()
    r:on("close", function() finished(r, done("late", next)) end)
  end,
  function(next)
    local w = stream.Writable { write = works }
    w:on("error", nothing)
    w:destroy(Error "was bad")
    w:on("close", function() finished(w, done("late error", next)) end)
  end,
  function(next)
    local r = stream.Readable { read = nothing }
    local c = AbortController()
    finished(r, { signal = c.signal }, function(err)
      log(err.name, r.destroyed)
      next()
    end)
    c:abort()
  end,
  function(next)
    attempt("none", function() return finished(5, nothing) end)
    attempt("callback", function() return finished(stream.PassThrough(), 5) end)
    next()
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
