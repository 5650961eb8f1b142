-- random_tasks.lua - random programs of tasks that spawn, wait, cancel, time out and close; one program a seed. Their books
-- must balance: no wake-up is lost, none comes twice, no value, place or line is lost. Two of three are run twice and must
-- do the same in the same order; the third ones sleep and use sockets, where the clock and the kernel have a say. Used by
-- random_tasks_spec (some hundred programs) and proof/tasks (10,000).
local async = require "async"
local events = require "events"
local net = require "net"

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

-- A connection, and what is known of the lines that went through it.
local function connection()
  local server = net.createServer():listen(0, "127.0.0.1")
  server:wait "listening"
  local client = net.connect(server:address().port, "127.0.0.1")
  local peer = server:accept()
  client:wait "connect"
  server:close()
  return { client = client, peer = peer, sent = {}, got = {} }
end

-- Sends a line. Whatever ends the wait, it was sent when the socket has counted it.
local function send(wire, line, limit)
  local client, sent = wire.client, wire.sent
  local at, before = #sent + 1, client.bytesWritten
  sent[at] = line
  local _ <close> = setmetatable({}, { __close = function()
    if client.bytesWritten == before then table.remove(sent, at) end
  end })
  return client:send(line .. "\n", limit)
end

local function receive(wire, limit)
  local line, err = wire.peer:receive("l", limit)
  wire.got[#wire.got + 1] = line
  return line, err
end

local function check_wire(wire, seed)
  if not wire.client.destroyed then wire.client:finish() end
  while not wire.peer.destroyed and receive(wire) do end
  for i, line in ipairs(wire.got) do check(line == wire.sent[i], "seed %d: line %d is %s", seed, i, line) end
  check(wire.destroyed or #wire.got == #wire.sent, "seed %d: %d lines of %d", seed, #wire.got, #wire.sent)
  wire.client:destroy()
  wire.peer:destroy()
  wire.client:closed()
  wire.peer:closed()
end

-- One program; returns what happened, in order.
local function program(seed, loose)
  local random, log = random_of(seed), {}
  local tasks, names = {}, {}
  local queue, semaphore, emitter = async.queue(random(3)), async.semaphore(random(2)), events()
  local most, inside, put, got = semaphore.free, 0, {}, {}
  local limits = { nil, 0, 1e6 }
  local wire = loose and connection()
  emitter:setMaxListeners(0)

  local function note(name, what, ...) log[#log + 1] = ("%s %s %s"):format(name, what, table.concat({ ... }, " ")) end
  local function result(value, err)
    if err ~= nil then return type(err) == "table" and err.code or tostring(err) end
    return value == nil and "nothing" or "ok"
  end
  local function limit() return limits[random(3)] end
  local function turn() return async.await(function(done) setImmediate(done) end) end
  local never = events()
  local function nap() -- one turn of the loop; what sleeps a millisecond may sleep several
    if loose then return async.sleep(0) end
    return never:wait("x", 0)
  end
  local function take(ms)
    local value, err = queue:get(ms)
    if value then got[#got + 1] = value end
    return value, err
  end

  local spawn
  local operations = {
    function() return result(turn()) end,
    function() return result(nap()) end,
    function(name)
      local value = name .. ":" .. #put
      local ok, err = queue:put(value, limit())
      if ok then put[#put + 1] = value end
      return result(ok, err)
    end,
    function() return result(take(limit())) end,
    function()
      local n = 0
      for value in queue:values(limit()) do
        got[#got + 1] = value
        n = n + 1
        if n == 2 then break end
      end
      return n
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
    function()
      local n = 0
      for _ in emitter:events("x", limit()) do
        n = n + 1
        if n == 2 then break end
      end
      return n
    end,
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
    function() return result(async.race({ turn, nap }, limit())) end,
    function() return result(async.race { turn, take, function() return emitter:wait "x" end }) end,
    function() return result(async.all({ turn, turn, take }, limit())) end,
    function() return result(async.all { turn, function() turn() error("mine", 0) end, take }) end,
    function() return result(async.timeout(random(2) == 1 and 0 or 1e6, random(2) == 1 and turn or take)) end,
    function()
      local controller = AbortController()
      setImmediate(function() controller:abort() end)
      return result(take { signal = controller.signal, timeout = limit() })
    end,
    function()
      return result(semaphore:with(function()
        inside = inside + 1
        check(inside <= most, "%d tasks inside a semaphore of %d", inside, most)
        local _ <close> = setmetatable({}, { __close = function() inside = inside - 1 end })
        return take(limit())
      end))
    end,
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

  if wire then
    for _, operation in ipairs {
      function(name) return result(send(wire, name .. ":" .. #wire.sent, limit())) end,
      function(name) return result(send(wire, name .. ":" .. #wire.sent .. (" "):rep(random(100000)), limit())) end,
      function() return result(receive(wire, limit())) end,
      function()
        local n = 0
        for line in wire.peer:lines("l", limit()) do
          wire.got[#wire.got + 1] = line
          n = n + 1
          if n == 3 then break end
        end
        return n
      end,
      function() return result(async.race { nap, function() return receive(wire) end }) end,
      function()
        if random(16) > 1 then return "left open" end
        wire.destroyed = true
        local which = random(2) == 1 and wire.peer or wire.client
        which:destroy()
        return "destroyed"
      end,
    } do operations[#operations + 1] = operation end
  end

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

  if wire then check_wire(wire, seed) end
  check(inside == 0 and semaphore.free == most, "seed %d: a semaphore of %d has %d free", seed, most, semaphore.free)
  check(#emitter:eventNames() == 0, "seed %d: listeners are left", seed)
  for i, value in ipairs(got) do check(value == put[i], "seed %d: got %s for %s", seed, value, tostring(put[i])) end
  check(#put - #got == #queue, "seed %d: put %d, got %d, left %d", seed, #put, #got, #queue)
  turn() -- those that the tasks had started end after them
  check(#async.tasks() <= 1, "seed %d: %d tasks are left", seed, #async.tasks())
  return table.concat(log, "\n")
end

--- Runs the program of a seed, twice when it is to do the same; raises when something is wrong with it. Waits.
return function(seed)
  if seed % 3 == 0 then return program(seed, true) end
  local first = program(seed)
  local second = program(seed)
  check(first == second, "seed %d did other things the second time:\n%s\n-- then --\n%s", seed, first, second)
  return first
end
