-- random_tasks.lua - random programs of tasks that spawn, wait, cancel, time out and close; one program a seed. Each is run
-- twice and must do the same in the same order, and its books must balance: no wake-up is lost, none comes twice. Used by
-- random_tasks_spec (some hundred programs) and proof/tasks (10,000).
local async = require "async"
local events = require "events"

local function random_of(seed)
  local state = seed * 2654435761 % 4294967296 + 1
  return function(n) -- 1 .. n
    state = (state * 1664525 + 1013904223) % 4294967296
    return state // 65536 % n + 1
  end
end

local function check(condition, text, ...)
  if not condition then error(text:format(...), 2) end
end

-- One program; returns what happened, in order.
local function program(seed)
  local random, log = random_of(seed), {}
  local tasks, names = {}, {}
  local queue, semaphore, emitter = async.queue(random(3)), async.semaphore(random(2)), events()
  local most, inside, put, got = semaphore.free, 0, {}, {}
  local limits = { nil, 0, 1e6 }
  emitter:setMaxListeners(0)

  local function note(name, what, ...) log[#log + 1] = ("%s %s %s"):format(name, what, table.concat({ ... }, " ")) end
  local function result(value, err)
    if err ~= nil then return type(err) == "table" and err.code or tostring(err) end
    return value == nil and "nothing" or "ok"
  end
  local function limit() return limits[random(3)] end
  local function turn() return async.await(function(done) setImmediate(done) end) end
  local function pause() return emitter:wait("nothing", 0) end -- sleep() takes a millisecond: when it ends is the clock's

  local spawn
  local operations = {
    function() return result(turn()) end,
    function() return result(pause()) end,
    function(name)
      local value = name .. ":" .. #put
      local ok, err = queue:put(value, limit())
      if ok then put[#put + 1] = value end
      return result(ok, err)
    end,
    function()
      local value, err = queue:get(limit())
      if value then got[#got + 1] = value end
      return result(value, err)
    end,
    function()
      local ok, err = semaphore:acquire(limit())
      if not ok then return result(ok, err) end
      inside = inside + 1
      check(inside <= most, "%d tasks inside a semaphore of %d", inside, most)
      local _ <close> = setmetatable({}, { __close = function()
        inside = inside - 1
        semaphore:release()
      end })
      return result(turn())
    end,
    function() return result(emitter:wait("x", limit())) end,
    function() return emitter:emit("x", seed) and "heard" or "unheard" end,
    function(name) spawn(name) return "spawned" end,
    function()
      local other = tasks[random(#tasks)]
      other:cancel(names[other])
      return "cancelled " .. names[other]
    end,
    function()
      local other = tasks[random(#tasks)]
      if other == async.current() then return "itself" end
      return result(other:join(limit()))
    end,
    function() return result(async.race({ turn, pause }, limit())) end,
    function() return result(async.all { turn, turn }) end,
    function() return result(async.timeout(random(2) == 1 and 0 or 1e6, turn)) end,
    function() return tostring(select(2, pcall(error, "mine", 0))) end,
    function()
      if random(8) == 1 then queue:close() end
      return "closed"
    end,
    function()
      local generator = coroutine.wrap(function()
        turn()
        coroutine.yield "between"
        turn()
      end)
      return generator() or "no generator"
    end,
  }

  function spawn(parent)
    if #tasks >= 24 then return end
    local name = parent .. "." .. #tasks
    local steps = random(6)
    local task
    task = async.spawn(function()
      while not task do turn() end -- it has its name first
      for step = 1, steps do
        local operation = random(#operations)
        note(name, step, operation, operations[operation](name))
      end
      return name
    end)
    tasks[#tasks + 1], names[task] = task, name
  end

  for _ = 1, random(5) + 1 do spawn "t" end
  for _ = 1, 60 do turn() end -- enough for all that can go on by themselves
  for _, task in ipairs(tasks) do
    note(names[task], "is", task.status)
    task:cancel "the end"
  end
  for _, task in ipairs(tasks) do
    local value, err = task:join(1e4)
    check(value == names[task] or (type(err) == "table" and err.code == "ECANCELED"), "seed %d: %s ended with %s", seed,
      names[task], tostring(err))
    check(task.status == "done" or task.status == "cancelled", "%s is %s", names[task], task.status)
  end

  check(inside == 0 and semaphore.free == most, "seed %d: a semaphore of %d has %d free", seed, most, semaphore.free)
  check(#emitter:eventNames() == 0, "seed %d: listeners are left", seed)
  for i, value in ipairs(got) do check(value == put[i], "seed %d: got %s for %s", seed, value, tostring(put[i])) end
  check(#put - #got == #queue, "seed %d: put %d, got %d, left %d", seed, #put, #got, #queue)
  check(#async.tasks() <= 1, "seed %d: %d tasks are left", seed, #async.tasks())
  return table.concat(log, "\n")
end

--- Runs the program of a seed twice; raises when something is wrong with it. Waits.
return function(seed)
  local first = program(seed)
  local second = program(seed)
  check(first == second, "seed %d did other things the second time:\n%s\n-- then --\n%s", seed, first, second)
  return first
end
