local Writable = require "stream".Writable
local prelude = require "prelude"
local log, trace = prelude.log, prelude.trace

local events = { "drain", "prefinish", "finish", "error", "close" }
local function cb(name) return function(err) log("cb", name, err) end end
local function works(_, _, _, callback) callback() end
local steps = {
  function(next) -- synchronous
    local w = Writable { highWaterMark = 3, write = function(_, chunk, encoding, callback)
      log("write", chunk, encoding)
      callback()
    end }
    trace("sync", w, events):on("close", next)
    log(w:write("abcd", cb(1)), w.writableLength, w.writableNeedDrain)
    log(w:write("e", cb(2)), w.writableLength)
    w:finish("f", cb "end")
    log(w.writableEnded, w.writableFinished)
  end,
  function(next) -- later
    local w = Writable { highWaterMark = 3, write = function(_, chunk, _, callback)
      log("write", chunk)
      setImmediate(callback)
    end }
    trace("later", w, events):on("close", next)
    log(w:write("ab", cb(1)), w.writableLength, w.writableNeedDrain)
    log(w:write("cd", cb(2)), w.writableLength, w.writableNeedDrain)
    w:once("drain", function()
      log(w.writableLength)
      w:write("ef", cb(3))
      w:finish(cb "end")
      w:finish(cb "again")
    end)
  end,
  function(next) -- writev and cork
    local w = Writable {
      write = function(_, chunk, _, callback)
        log("write", chunk)
        setImmediate(callback)
      end,
      writev = function(_, chunks, callback)
        local list = {}
        for i, entry in ipairs(chunks) do list[i] = entry.chunk end
        log("writev", list, chunks[1].encoding)
        callback()
      end,
    }
    trace("writev", w, events):on("close", next)
    w:write("a", cb(1))
    w:write("b", cb(2))
    local function more()
      w:cork()
      w:cork()
      w:write("d", cb(4))
      w:write("e", cb(5))
      w:uncork()
      log(w.writableCorked, w.writableLength)
      w:uncork()
      w:cork()
      w:write "f"
      w:finish "g"
    end
    w:write("c", function(err)
      cb(3)(err)
      setImmediate(more)
    end)
  end,
  function(next) -- final
    local w = Writable { write = works, final = function(_, callback)
      log "final"
      setImmediate(callback)
    end }
    trace("final", w, events):on("close", next)
    w:finish("x", cb "end")
  end,
  function(next) -- final fails
    local w = Writable { write = works, final = function(_, callback) callback(Error "no end") end }
    trace("final", w, events):on("close", next)
    w:finish("x", cb "end")
  end,
  function(next) -- write fails, later
    local w
    w = Writable { write = function(_, _, _, callback)
      setImmediate(function()
        callback(Error "bad")
        log(w.destroyed, w.errored)
      end)
    end }
    trace("fails", w, events):on("close", next)
    w:write("a", cb(1))
    w:write("b", cb(2))
    w:finish(cb "end")
  end,
  function(next) -- write fails, at once
    local w = Writable { write = function(_, _, _, callback) callback(Error "bad") end }
    trace("fails", w, events):on("close", next)
    log(w:write("a", cb(1)), w:write("b", cb(2)), w.errored)
  end,
  function(next) -- calls back twice
    local w = Writable { write = function(_, _, _, callback)
      callback()
      callback()
    end }
    trace("twice", w, events):on("close", next)
    w:write("a", cb(1))
  end,
  function(next) -- after the end, after destroy
    local w = Writable { write = works }
    trace("late", w, events):on("close", function()
      w:write("y", cb "destroyed")
      w:finish(cb "end")
      setImmediate(next)
    end)
    w:finish()
    log(w:write("x", cb "ended"))
  end,
  function(next) -- not destroyed by itself
    local w = Writable { autoDestroy = false, write = function(_, c, _, callback)
      callback(c == "b" and Error "bad" or nil)
    end }
    trace("kept", w, events)
    w:write("a", cb(1))
    w:write("b", cb(2))
    setImmediate(function()
      log(w.destroyed, w.errored)
      w:destroy()
      w:on("close", next)
    end)
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
