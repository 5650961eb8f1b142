-- connections.lua - holds many connections at once, both ends in this process: opens all, sends a word through each and
-- back, holds them, closes them, several times over. In the end memory, descriptors, handles and registry must be what
-- they were after the first round, when everything had its size.
--   moonport spec/proof/connections.lua [connections = 9900 [rounds = 3]]
local net = require "net"
local timers = require "timers"
local core = require "moonport.core"
local count, rounds = math.tointeger(arg[1] or 9900), math.tointeger(arg[2] or 3)

local MiB = 1024 * 1024
local AT_ONCE = 400 -- connections that are being made at the same time, below the backlog
local GROWTH = { rss = 3 * MiB, heap = 64 * 1024, descriptors = 0, handles = 0, registry = 4 } -- allowed between rounds
if (os.getenv "sanitized" or "") ~= "" then GROWTH.rss = nil end -- a sanitizer keeps what was freed for a while

local function descriptors()
  local n, pipe = -1, assert(io.popen("ls /proc/" .. process.pid .. "/fd"))
  for _ in pipe:lines() do n = n + 1 end
  pipe:close()
  return n -- without the pipe to ls
end

local function registry_size()
  local n = 0
  for _ in pairs(debug.getregistry()) do n = n + 1 end
  return n
end

local function measure()
  for _ = 1, 3 do collectgarbage() end
  local memory = process.memoryUsage()
  return {
    rss = memory.rss, heap = math.floor(collectgarbage "count" * 1024), descriptors = descriptors(),
    handles = #core.process.handles(), registry = registry_size(),
  }
end

-- -- one round: open, echo, hold, close -----------------------------------------------------------------------------

local function fail(...)
  print("FAIL", ...)
  process.exit(1)
end

local function one_round(total, done)
  local started = process.hrtime.bigint()
  local server, opened, echoed, closed, made = nil, 0, 0, 0, 0
  local clients = {}
  local held

  local function close_all()
    for _, client in ipairs(clients) do client:finish() end
    clients = {}
  end

  local function hold()
    held = measure()
    server:getConnections(function(_, n)
      if n ~= total then fail("connections of the server", n) end
      timers.setTimeout(close_all, 50)
    end)
  end

  local function connect()
    if made == total then return end
    made = made + 1
    local word = "word " .. made
    local client = net.connect(server:address().port, "127.0.0.1", function()
      opened = opened + 1
      connect()
    end)
    clients[#clients + 1] = client
    client:on("error", function(err) fail(err.message) end)
    client:on("data", function(data)
      if data ~= word then fail("sent", word, "got", data) end
      echoed = echoed + 1
      if echoed == total then hold() end
    end)
    client:on("close", function(had_error)
      if had_error then fail "closed with an error" end
      closed = closed + 1
      if closed == total then server:close() end
    end)
    client:write(word)
  end

  server = net.createServer(function(peer)
    peer:on("data", function(data) peer:write(data) end)
    peer:on("error", function(err) fail(err.message) end)
  end)
  server:on("close", function()
    if opened ~= total or echoed ~= total then fail("opened", opened, "echoed", echoed) end
    done(held, (process.hrtime.bigint() - started) / 1e9)
  end)
  server:listen(0, "127.0.0.1", function()
    for _ = 1, math.min(AT_ONCE, total) do connect() end
  end)
end

-- -- rounds -----------------------------------------------------------------------------------------------------------

local before, after = nil, {} -- measured after a round of one connection: libuv keeps a descriptor from its first stream

local function finish()
  local first, last = after[1], after[rounds]
  local grown = {}
  for name, allowed in pairs(GROWTH) do
    if last[name] - first[name] > allowed then grown[#grown + 1] = ("%s %d -> %d"):format(name, first[name], last[name]) end
  end
  for _, name in ipairs { "descriptors", "handles" } do -- these have no size to grow to
    if last[name] ~= before[name] then grown[#grown + 1] = ("%s %d -> %d"):format(name, before[name], last[name]) end
  end
  if #grown > 0 then fail("left behind", table.concat(grown, ", ")) end
  print "nothing left behind"
end

local function next_round()
  one_round(count, function(held, seconds)
    timers.setTimeout(function()
      after[#after + 1] = measure()
      print(("%d connections in %.1f s: %.0f bytes each, both ends; resident %.1f MiB, then %.1f MiB"):format(count, seconds,
        (held.rss - before.rss) / count, held.rss / MiB, after[#after].rss / MiB))
      if #after < rounds then next_round() else finish() end
    end, 20)
  end)
end

one_round(1, function()
  timers.setTimeout(function()
    before = measure()
    next_round()
  end, 20)
end)
