local fs = require "fs"
local net = require "net"
local prelude = require "prelude"
local log, tmp = prelude.log, prelude.tmp

local from, to = tmp "from", tmp "to"
local file = assert(io.open(from, "w"))
file:write(("x"):rep(300000))
file:close()
local told = {}
local function trace(label, s)
  local lines = {}
  told[label] = lines
  for _, name in ipairs { "end", "finish", "error", "close", "pipe", "unpipe" } do
    s:on(name, function(arg) lines[#lines + 1] = { label, name, name == "error" and arg or nil } end)
  end
  return s
end
local function closed(streams, f)
  local open = #streams
  for _, s in ipairs(streams) do
    s:on("close", function()
      open = open - 1
      if open == 0 then setImmediate(f) end
    end)
  end
end
local function show(next)
  local labels = {}
  for label in pairs(told) do labels[#labels + 1] = label end
  table.sort(labels)
  for _, label in ipairs(labels) do
    for _, line in ipairs(told[label]) do log(table.unpack(line)) end
  end
  told = {}
  next()
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
    local r = trace("from", fs.createReadStream(from))
    log("returns", r:pipe(w) == w)
    closed({ r, w }, function()
      log(size(), w.bytesWritten)
      show(next)
    end)
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
    closed({ r, w }, function()
      log(size())
      show(next)
    end)
  end,
  function(next)
    local w = trace("gone", fs.createWriteStream(to))
    local r = trace("from", fs.createReadStream(from))
    r:pipe(w)
    w:on("ready", function() w:destroy() end)
    w:on("close", function()
      setImmediate(function()
        log(r.destroyed, r.readableFlowing)
        r:destroy()
      end)
    end)
    closed({ r, w }, function() show(next) end)
  end,
  function(next)
    local w = trace("full", fs.createWriteStream "/dev/full")
    local r = trace("from", fs.createReadStream(from))
    r:pipe(w)
    w:on("close", function()
      setImmediate(function()
        log(r.destroyed, r.readableFlowing)
        r:destroy()
      end)
    end)
    closed({ r, w }, function() show(next) end)
  end,
  function(next)
    local w = trace("kept open", fs.createWriteStream(to))
    local r = trace("missing", fs.createReadStream(from .. "x"))
    r:pipe(w)
    r:on("close", function()
      setImmediate(function()
        log(w.destroyed, w.writableEnded)
        w:finish()
      end)
    end)
    closed({ r, w }, function() show(next) end)
  end,
  function(next)
    local n = 0
    local server
    server = net.createServer(function(peer)
      local w = trace("file", fs.createWriteStream(to))
      peer:pipe(w)
      server:close()
      closed({ w, peer, server }, function()
        log(size(), n)
        show(next)
      end)
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
