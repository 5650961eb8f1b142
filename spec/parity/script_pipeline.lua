local stream = require "stream"
local prelude = require "prelude"
local log, attempt = prelude.log, prelude.attempt
local pipeline = stream.pipeline

local function source(...)
  local parts = { ... }
  return stream.Readable { read = function(self) self:push(table.remove(parts, 1)) end }
end
local function sink(label, slow)
  return stream.Writable { highWaterMark = 2, write = function(_, chunk, _, callback)
    log(label, chunk)
    if slow then setImmediate(callback) else callback() end
  end }
end
local function upper()
  return stream.Transform { transform = function(_, chunk, _, callback) callback(nil, chunk:upper()) end }
end
local function watch(label, s)
  for _, name in ipairs { "end", "finish", "error", "close" } do
    s:on(name, function(...) log(label, name, ...) end)
  end
  return s
end
local steps = {
  function(next)
    local last = sink("sink", true)
    log(pipeline(watch("a", source("one", "two", "three")), watch("b", upper()), watch("c", last), function(err)
      log("done", err)
      next()
    end) == last)
  end,
  function(next) -- source fails
    local a = stream.Readable { read = function(self)
      self:push "x"
      self:destroy(Error "source")
    end }
    pipeline(watch("a", a), watch("b", upper()), watch("c", sink "sink"), function(err)
      log("done", err)
      setImmediate(next)
    end)
  end,
  function(next) -- transform fails
    local b = stream.Transform { transform = function(_, _, _, callback) callback(Error "transform") end }
    pipeline(watch("a", source("x", "y")), watch("b", b), watch("c", sink "sink"), function(err)
      log("done", err)
      setImmediate(next)
    end)
  end,
  function(next) -- destination fails
    local c = stream.Writable { write = function(_, _, _, callback) callback(Error "sink") end }
    pipeline(watch("a", source("x", "y")), watch("b", stream.PassThrough()), watch("c", c), function(err)
      log("done", err)
      setImmediate(next)
    end)
  end,
  function(next) -- destination goes away
    local c
    c = watch("c", stream.Writable { write = function() setImmediate(function() c:destroy() end) end })
    pipeline(watch("a", source("x", "y")), c, function(err)
      log("done", err)
      setImmediate(next)
    end)
  end,
  function(next) -- a list
    pipeline({ source "x", upper(), sink "list" }, function(err)
      log("done", err)
      next()
    end)
  end,
  function(next) -- what can be read at the end stays
    local last = stream.PassThrough()
    pipeline(source("x", "y"), watch("last", last), function(err) log("done", err) end)
    last:on("data", function(chunk) log("data", chunk) end):on("close", next)
  end,
  function(next)
    attempt("one", function() return pipeline(source "x", function() end) end)
    attempt("no callback", function() return pipeline(source "x", sink "x") end)
    next()
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
