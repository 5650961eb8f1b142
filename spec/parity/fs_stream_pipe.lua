local fs = require "fs"
local net = require "net"
local prelude = require "prelude"
local log, tmp = prelude.log, prelude.tmp

local from, to = tmp "from", tmp "to"
local file = assert(io.open(from, "w"))
file:write(("x"):rep(300000))
file:close()
local function trace(label, s)
  for _, name in ipairs { "end", "finish", "error", "close" } do
    s:on(name, function(...) log(label, name, ...) end)
  end
  s:on("pipe", function() log(label, "pipe") end)
  return s:on("unpipe", function() log(label, "unpipe") end)
end
local function size()
  local written = assert(io.open(to))
  local n = written:seek "end"
  written:close()
  return n
end
local steps = {
  function(next)
    local w = trace("to", fs.createWriteStream(to))
    log("returns", trace("from", fs.createReadStream(from)):pipe(w) == w)
    setTimeout(function()
      log(size(), w.bytesWritten)
      next()
    end, 200)
  end,
  function(next)
    local w = trace("open end", fs.createWriteStream(to))
    local r = trace("from", fs.createReadStream(from, { ["end"] = 9 }))
    r:pipe(w, { ["end"] = false })
    r:on("end", function()
      setImmediate(function()
        log(w.writableEnded, w.destroyed)
        w:finish "more"
      end)
    end)
    w:on("close", function()
      log(size())
      next()
    end)
  end,
  function(next)
    local w = trace("gone", fs.createWriteStream(to))
    local r = trace("from", fs.createReadStream(from))
    r:pipe(w)
    w:on("ready", function() w:destroy() end)
    w:on("close", function()
      setTimeout(function()
        log(r.destroyed, r.readableFlowing)
        r:destroy()
        r:on("close", next)
      end, 50)
    end)
  end,
  function(next)
    local w = trace("full", fs.createWriteStream "/dev/full")
    local r = trace("from", fs.createReadStream(from))
    r:pipe(w)
    w:on("close", function()
      setTimeout(function()
        log(r.destroyed, r.readableFlowing)
        r:destroy()
        r:on("close", next)
      end, 50)
    end)
  end,
  function(next)
    local w = trace("kept open", fs.createWriteStream(to))
    local r = trace("missing", fs.createReadStream(from .. "x"))
    r:pipe(w)
    r:on("close", function()
      setTimeout(function()
        log(w.destroyed, w.writableEnded)
        w:finish()
        w:on("close", next)
      end, 50)
    end)
  end,
  function(next)
    local n = 0
    local server
    server = net.createServer(function(peer)
      peer:pipe(trace("file", fs.createWriteStream(to)):on("close", function()
        log(size(), n)
        server:close()
        next()
      end))
    end)
    server:listen(0, "127.0.0.1", function()
      local client = net.connect(server:address().port, "127.0.0.1")
      local r = fs.createReadStream(from)
      r:on("data", function(chunk) n = n + #chunk end)
      r:pipe(client)
    end)
  end,
}
local function go(i)
  if steps[i] then return steps[i](function() setImmediate(go, i + 1) end) end
  os.remove(from)
  os.remove(to)
end
go(1)
