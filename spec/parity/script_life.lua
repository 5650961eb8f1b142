local stream = require "stream"
local prelude = require "prelude"
local log, trace, attempt = prelude.log, prelude.trace, prelude.attempt
local Readable, Writable, Duplex = stream.Readable, stream.Writable, stream.Duplex

local events = { "data", "end", "finish", "error", "close" }
local function cb(name) return function(err) log("cb", name, err) end end
local function works(_, _, _, callback) callback() end
local function nothing() end
local function shows(_, err, callback)
  log("destroy", err)
  callback(err)
end
local steps = {
  function(next) -- constructed later
    local w = Writable {
      construct = function(_, callback)
        log "construct"
        setImmediate(function()
          callback()
          log "constructed"
        end)
      end,
      write = function(_, chunk, _, callback)
        log("write", chunk)
        callback()
      end,
    }
    trace("construct", w, events):on("close", next)
    log(w:write("a", cb(1)), w.writableLength)
    w:finish("b", cb "end")
  end,
  function(next)
    local r = Readable {
      construct = function(_, callback)
        log "construct"
        setImmediate(callback)
      end,
      read = function(self)
        log "read"
        self:push "x"
        self:push(nil)
      end,
    }
    trace("construct", r, events):on("close", next)
  end,
  function(next) -- construct fails
    local w = Writable { construct = function(_, callback) callback(Error "no") end, write = works, destroy = shows }
    trace("no construct", w, events):on("close", next)
    w:write("a", cb(1))
  end,
  function(next) -- destroyed before it is constructed
    local w = Writable { construct = function(_, callback)
      log "construct"
      setImmediate(callback)
    end, write = works, destroy = shows }
    trace("early", w, events):on("close", next)
    w:write("a", cb(1))
    w:destroy(Error "early")
    log(w.destroyed, w.closed)
  end,
  function(next) -- _destroy
    local d = Duplex { read = nothing, write = works, destroy = function(self, err, callback)
      log("destroy", err, self.destroyed, self.closed)
      setImmediate(function()
        log "now"
        callback(err)
      end)
    end }
    trace("destroy", d, events):on("close", function()
      log(d.destroyed, d.closed, d.errored)
      next()
    end)
    log(d:destroy(Error "enough") == d, d.destroyed, d.closed)
    d:destroy(Error "again")
    log(d:push "late", d:write("late", cb "late"))
  end,
  function(next) -- _destroy keeps the error, has another, throws
    local r = Readable { read = nothing, destroy = function(_, _, callback) callback() end }
    trace("kept", r, events):on("close", next)
    r:destroy(Error "kept")
  end,
  function(next)
    local r = Readable { read = nothing, destroy = function(_, _, callback) callback(Error "other") end }
    trace("other", r, events):on("close", next)
    r:destroy()
  end,
  function(next)
    local r = Readable { read = nothing, destroy = function() error(Error "thrown", 0) end }
    trace("thrown", r, events):on("close", next)
    r:destroy()
  end,
  function(next) -- _read throws
    local r = Readable { read = function() error(Error "read", 0) end }
    trace("read throws", r, events):on("close", next)
  end,
  function(next) -- not implemented
    local r = Readable()
    trace("none", r, events):on("close", next)
    attempt("write", function() return Writable():write "x" end)
  end,
  function(next) -- push after the end, unshift after 'end'
    local r = Readable { read = nothing }
    r:push "a"
    r:push(nil)
    log(r:push "b")
    trace("after", r, events):on("close", next)
  end,
  function(next) -- silent
    local r = Readable { emitClose = false, read = function(self) self:push(nil) end }
    trace("silent", r, events):on("end", function()
      setImmediate(function()
        log(r.destroyed, r.closed)
        next()
      end)
    end)
  end,
  function(next) -- kept
    local r = Readable { autoDestroy = false, read = function(self) self:push(nil) end }
    trace("kept", r, events):on("end", function()
      setImmediate(function()
        log(r.destroyed, r.closed)
        next()
      end)
    end)
  end,
  function(next) -- pipe of what cannot be read
    local w = Writable { write = works }
    trace("pipe", w, events):on("close", next)
    w:pipe(w)
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
