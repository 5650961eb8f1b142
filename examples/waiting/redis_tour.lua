-- redis_tour.lua - what redis.lua can do: many questions in one packet, tasks that share a connection, publish and
-- subscribe. Usage: redis_tour.lua [port [host]] of a redis-server: 6379 of this host
local async = require "async"
local connect = require "redis"
local where = { port = arg[1] or 6379, host = arg[2] or "127.0.0.1" }

local redis <close> = connect(where)
local key = "moonport:" .. math.random(0)

local replies = {}
for i = 1, 10 do replies[i] = redis:ask("INCRBY", key, i) end
for i, reply in ipairs(replies) do replies[i] = assert(reply()) end
print("pipelined: " .. table.concat(replies, " "))

assert(async.all { -- tasks that know nothing of each other
  function() assert(redis:call("SET", key, "two words")) end,
  function() print("get: " .. redis:call("GET", key)) end,
  function() print("wrong: " .. select(2, redis:call("LPUSH", key, "x"))) end,
  function() print("list: " .. table.concat(redis:call("MGET", key, key), ", ")) end,
  function() print(("deleted: %d, then %s"):format(redis:call("DEL", key), redis:call("GET", key))) end,
})

local listener <close> = connect(where)
local news = listener:subscribe(key)
async.spawn(function()
  for _, text in ipairs { "one", "two", "end" } do redis:call("PUBLISH", key, text) end
end)
for text in news do
  if text == "end" then break end
  print("news: " .. text)
end
