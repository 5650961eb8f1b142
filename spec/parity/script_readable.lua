local Readable = require "stream".Readable
local prelude = require "prelude"
local log, trace = prelude.log, prelude.trace

local events = { "pause", "resume", "end", "error", "close" }
local steps = {
  function(next) -- synchronous
    local n = 0
    local r = Readable { highWaterMark = 10, read = function(self, size)
      log("read", size, self.readableLength)
      n = n + 1
      self:push(n <= 4 and "chunk" .. n or nil)
    end }
    log(r.readableFlowing, r.readableLength, r.readableHighWaterMark, r.readable, r.destroyed)
    trace("sync", r, events):on("data", function(chunk) log("data", chunk, r.readableLength) end)
    r:on("close", function()
      log(r.readableEnded, r.readable, r.destroyed, r.closed)
      next()
    end)
  end,
  function(next) -- later
    local n = 0
    local r = Readable { read = function(self)
      log "read"
      setImmediate(function()
        n = n + 1
        log("push", self:push(n <= 3 and "chunk" .. n or nil))
      end)
    end }
    trace("later", r, events):on("data", function(chunk) log("data", chunk) end)
    r:on("close", next)
  end,
  function(next) -- before anybody asks
    local r = Readable { read = function() log "read" end }
    log(r:push "one", r:push "", r:push "two", r.readableLength)
    log(r:push(nil))
    trace("before", r, events)
    setImmediate(function() r:on("data", function(chunk) log("data", chunk) end):on("close", next) end)
  end,
  function(next) -- 'readable'
    local n = 0
    local r = Readable { highWaterMark = 4, read = function(self)
      log "read"
      n = n + 1
      self:push(n <= 3 and "ab" .. n or nil)
    end }
    trace("readable", r, events):on("readable", function()
      log("readable", r.readableLength)
      for chunk in function() return r:read(2) end do log("took", chunk) end
    end)
    r:on("close", next)
  end,
  function(next) -- paused in the middle, unshift, setEncoding
    local n = 0
    local r = Readable { encoding = "utf8", read = function(self)
      n = n + 1
      self:push(n <= 3 and "\xc3" or nil)
      if n < 4 then self:push "\xa9" end
    end }
    trace("encoded", r, events):on("data", function(chunk)
      log("data", chunk)
      r:pause()
      if n < 3 then r:unshift "<" end
      setImmediate(function() return r.destroyed or r:resume() end)
    end)
    r:on("close", next)
  end,
  function(next) -- nobody reads
    local r = Readable { highWaterMark = 3, read = function(self)
      log "read"
      self:push "xy"
    end }
    trace("paused", r, events)
    log(r:read(0), r.readableLength)
    setImmediate(function()
      log(r.readableLength, r:read(), r.readableLength)
      setImmediate(function()
        log(r.readableLength)
        r:destroy()
        r:on("close", next)
      end)
    end)
  end,
}
local function go(i)
  if steps[i] then steps[i](function() setImmediate(go, i + 1) end) end
end
go(1)
