-- churn.lua - connections come and go, each ended in one of six ways: by either side, destroyed, reset, in the middle
-- of a large write, before it was accepted. What is left after each batch must not grow.
--   moonport spec/proof/churn.lua [connections = 20000], at least 6000
local net = require "net"
local timers = require "timers"
local core = require "moonport.core"
local count = math.tointeger(arg[1] or 20000)

local BATCH, AT_ONCE = 2000, 50 -- a server for each batch: ports that wait in TIME_WAIT are no hindrance
local GROWTH = { rss = 2 * 1024 * 1024, heap = 64 * 1024, descriptors = 0, handles = 0, registry = 4 }
if (os.getenv "sanitized" or "") ~= "" then GROWTH.rss = nil end

local function descriptors()
  local n, pipe = -1, assert(io.popen("ls /proc/" .. process.pid .. "/fd"))
  for _ in pipe:lines() do n = n + 1 end
  pipe:close()
  return n
end

local function measure()
  for _ = 1, 3 do collectgarbage() end
  local registry = 0
  for _ in pairs(debug.getregistry()) do registry = registry + 1 end
  return {
    rss = process.memoryUsage().rss, heap = math.floor(collectgarbage "count" * 1024), descriptors = descriptors(),
    handles = #core.process.handles(), registry = registry,
  }
end

local function fail(...)
  print("FAIL", ...)
  process.exit(1)
end

-- -- the ways of an end ------------------------------------------------------------------------------------------------

local big = ("x"):rep(300000)
local ways = {
  function(client) client:finish "by the client" end,
  function(client) client:write "finish" end, -- the server does
  function(client) client:write(big) client:destroy() end,
  function(client) client:write(big) client:resetAndDestroy() end,
  function(client) client:write "destroy" end, -- the server does, with bytes on their way
  function(client) client:setTimeout(20000) client:once("data", function() client:destroy() end) client:write "data" end,
}

local function serve(peer)
  peer:on("error", function() end) -- resets are part of it
  peer:setTimeout(30000)
  peer:on("data", function(data)
    if data == "finish" then peer:finish "bye"
    elseif data == "destroy" then peer:write(big) peer:destroy()
    elseif not peer.destroyed then peer:write "echo" end
  end)
end

-- -- batches -----------------------------------------------------------------------------------------------------------

local made, closed = 0, 0

local function batch(done)
  local last = made + BATCH
  local server = net.createServer(serve)
  server:listen(0, "127.0.0.1")
  local port = server:address().port

  local function connect()
    made = made + 1
    local way = ways[made % #ways + 1]
    local client = net.connect(port, "127.0.0.1", made % 7 == 0 and function() end or nil)
    client:on("error", function() end)
    client:on("close", function()
      closed = closed + 1
      if made < last then connect()
      elseif closed == last then server:close(done) end
    end)
    client:resume()
    if made % 11 == 0 then client:destroy() else way(client) end
  end

  for _ = 1, AT_ONCE do connect() end
end

local started = process.hrtime.bigint()
local measures = {} -- after each batch but the first, in which everything gets its size

-- The least of each figure in a part of the batches: what malloc keeps for a while is not left behind.
local function least(from, to)
  local figures = {}
  for i = from, to do
    for name, value in pairs(measures[i]) do figures[name] = math.min(figures[name] or value, value) end
  end
  return figures
end

local function finish()
  local half = #measures // 2
  local first, last, grown = least(1, half), least(half + 1, #measures), {}
  for name, allowed in pairs(GROWTH) do
    if last[name] - first[name] > allowed then grown[#grown + 1] = ("%s %d -> %d"):format(name, first[name], last[name]) end
  end
  if #grown > 0 then fail("left behind", table.concat(grown, ", ")) end
  print(("%d connections in %.1f s; resident %.1f MiB, then %.1f MiB"):format(made, (process.hrtime.bigint() - started) / 1e9,
    first.rss / 1048576, last.rss / 1048576))
  print "nothing left behind"
end

local function next_batch()
  batch(function()
    timers.setTimeout(function()
      measures[#measures + 1] = made > BATCH and measure() or nil
      if made < count then next_batch() else finish() end
    end, 50)
  end)
end

next_batch()
