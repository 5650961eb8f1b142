local stream = require "stream"
local prelude = require "prelude"
local log, trace = prelude.log, prelude.trace

local events = { "drain", "prefinish", "finish", "end", "error", "close" }
local function cb(name) return function(err) log("cb", name, err) end end
local function data(chunk) log("data", chunk) end
local function works(_, _, _, callback) callback() end
local steps = {
  function(next)
    local t = stream.Transform { transform = function(_, chunk, encoding, callback)
      log("transform", chunk, encoding)
      callback(nil, chunk:upper())
    end }
    trace("upper", t, events):on("close", next):on("data", data)
    log(t:write("a", cb(1)), t:write("b", cb(2)), t.readableLength, t.writableLength)
    t:finish("c", cb "end")
  end,
  function(next)
    local t = stream.Transform {
      transform = function(self, chunk, _, callback)
        self:push "<"
        self:push(chunk)
        setImmediate(callback, nil, ">")
      end,
      flush = function(self, callback)
        log("flush", self.readableLength)
        setImmediate(callback, nil, "end")
      end,
    }
    trace("later", t, events):on("close", next):on("data", data)
    t:write "a"
    t:finish "b"
  end,
  function(next) -- nobody reads: written until both are full
    local t = stream.PassThrough { highWaterMark = 4 }
    trace("full", t, events):on("close", next)
    log(t:write("abc", cb(1)), t:write("def", cb(2)), t:write("ghi", cb(3)))
    setTimeout(function()
      log(t.readableLength, t.writableLength, t.writableNeedDrain)
      log(t:read())
      setTimeout(function()
        log(t.readableLength, t.writableLength)
        t:finish()
        t:on("data", data)
      end, 20)
    end, 20)
  end,
  function(next) -- errors
    local t = stream.Transform { transform = function(_, _, _, callback) callback(Error "bad") end }
    trace("error", t, events):on("close", next):resume()
    t:write("a", cb(1))
    t:finish(cb "end")
  end,
  function(next)
    local t = stream.Transform { transform = works, flush = function(_, callback) callback(Error "flush") end }
    trace("flush error", t, events):on("close", next):resume()
    t:finish("a", cb "end")
  end,
  function(next) -- Duplex: the halves are independent
    local d = stream.Duplex {
      read = function(self)
        log "read"
        self:push "x"
        self:push(nil)
      end,
      write = function(_, chunk, _, callback)
        log("write", chunk)
        callback()
      end,
    }
    trace("duplex", d, events):on("close", next):on("data", data)
    log(d.allowHalfOpen, d.readable, d.writable)
    d:on("end", function()
      setImmediate(function()
        log(d.writable, d.destroyed)
        d:finish "y"
      end)
    end)
  end,
  function(next)
    local d = stream.Duplex { allowHalfOpen = false, read = function(self) self:push(nil) end, write = works }
    trace("closed", d, events):on("close", next):resume()
  end,
  function(next)
    local d = stream.Duplex { readable = false, write = works }
    trace("one half", d, events):on("close", next)
    log(d.readable, d.writable)
    d:finish()
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
