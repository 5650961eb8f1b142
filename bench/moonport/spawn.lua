-- spawn.lua - the row spawn: tasks that are spawned and end, at once or after one wait: spawn.lua ROUNDS [COUNT]
local async = require "async"

local rounds, count = tonumber(arg[1]), tonumber(arg[2] or 1000000)

local function nothing() end

local function once()
  local spawn, began = async.spawn, os.clock()
  for _ = 1, count do spawn(nothing) end
  return (os.clock() - began) / count * 1e6
end

local function waiting()
  local began, left, n = os.clock(), 0, count // 10
  local function wait()
    async.sleep(1)
    left = left - 1
  end
  for _ = 1, 10 do
    left = n // 10
    for _ = 1, n // 10 do async.spawn(wait) end
    while left > 0 do async.sleep(1) end
  end
  return (os.clock() - began) / n * 1e6
end

local function median(f)
  local list = {}
  for i = 1, rounds do list[i] = f() end
  table.sort(list)
  return list[#list // 2 + 1]
end

once()
print(("spawn=%.3f waiting=%.3f"):format(median(once), median(waiting)))
