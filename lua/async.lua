-- async.lua - the module async: tasks, and what is made of several. Tasks themselves, and how they wait, are bindings/'s.
local core = require "moonport.core"
local limited = require "moonport.limit"
local line = require "moonport.line"
local errors = core.errors
local Task = core.Task

local async = {
  spawn = core.spawn,
  current = core.current_task,
  tasks = core.tasks,
}

local function check_function(f, name)
  if not errors.is_callable(f or false) then errors.raise_type(name, "of type function", f) end
end

local function check_ms(ms, name)
  if type(ms) ~= "number" then errors.raise_type(name, "of type number", ms) end
  if ms ~= ms or ms < 0 then errors.raise_range(name, "a non-negative number", ms) end
end

--- async.sleep(ms[, { signal = }]) -> true | nil, err. Waits.
--- @param ms number
--- @param options { signal: AbortSignal? }?
function async.sleep(ms, options)
  check_ms(ms, "ms")
  if options == nil then return core.sleep(ms) end
  if type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  return limited({ signal = options.signal }, function() return core.sleep(ms) end)
end

-- -- one task -----------------------------------------------------------------------------------------------------

local function finish_join(ended, ...)
  if ended == nil then return nil, ... end
  return ...
end

local function join(limit, task)
  if core.task_result(task) == false then
    local wake = core.waker()
    core.task_watch(task, wake)
    local _ <close> = setmetatable({}, { __close = function() core.task_unwatch(task, wake) end })
    local ok, err = core.wait(limit, "join")
    if not ok then return nil, err end
  end
  return finish_join(core.task_result(task))
end

--- task:join([limit]) -> what its function returned | nil, err: what it raised, or ECANCELED. Waits.
function Task:join(limit)
  core.receiver(self, "Task", "join")
  if self == core.current_task() then error(errors.make("Error", "EDEADLK", "a task cannot join itself"), 0) end
  core.can_wait()
  return limited(limit, join, self)
end

-- -- several ------------------------------------------------------------------------------------------------------

local function check_all(list)
  if type(list) ~= "table" then errors.raise_type("tasks", "of type table", list) end
  for i, entry in ipairs(list) do
    if not errors.is_callable(entry) and not core.is_task(entry) then
      errors.raise_type(("tasks[%d]"):format(i), "of type function or an instance of Task", entry)
    end
  end
end

-- Tasks of a list of functions and tasks
local function start_all(list)
  local all = {}
  for i, entry in ipairs(list) do all[i] = core.is_task(entry) and entry or core.spawn(entry) end
  return all
end

local function cancel_all(all)
  for _, task in ipairs(all) do task:cancel() end
end

-- Waits until done(task, ended) is true of one that has ended, or all have; whoever leaves early cancels the rest.
local function watch_all(limit, all, done)
  local running, ended, wake = 0, {}, nil
  local watches = {}
  local _ <close> = setmetatable({}, { __close = function()
    for task, watched in pairs(watches) do core.task_unwatch(task, watched) end
    cancel_all(all)
  end })
  for _, task in ipairs(all) do
    local result = core.task_result(task)
    if result ~= false then
      if done(task, result) then return true end
    elseif not watches[task] then
      running = running + 1
      watches[task] = function()
        watches[task] = nil
        running = running - 1
        ended[#ended + 1] = task
        if wake then wake() end
      end
      core.task_watch(task, watches[task])
    end
  end
  local deadline = limit and core.now() + limit
  while running > 0 do
    wake = core.waker()
    local ok, err = core.wait(deadline and math.max(0, deadline - core.now()), "wait")
    if not ok then return nil, err end
    for _, task in ipairs(ended) do
      if done(task, core.task_result(task)) then return true end
    end
    ended = {}
  end
  return true
end

local function all_of(limit, list)
  local all, failure = start_all(list), nil
  local ok, err = watch_all(limit, all, function(task, ended)
    if ended == nil then failure = select(2, core.task_result(task)) end
    return ended == nil
  end)
  if not ok then return nil, err end
  if failure ~= nil then return nil, failure end
  local results = {}
  for i, task in ipairs(all) do results[i] = select(2, core.task_result(task)) end
  return results
end

--- async.all({ f or task, ... }[, limit]) -> { first result of each } | nil, err of the first that failed; the others are
--- cancelled then. Waits.
function async.all(list, limit)
  core.can_wait()
  check_all(list)
  return limited(limit, all_of, list)
end

local function first_of(limit, list)
  local all, winner = start_all(list), nil
  local ok, err = watch_all(limit, all, function(task)
    winner = winner or task
    return true
  end)
  if not ok then return nil, err end
  if not winner then return nil end
  return finish_join(core.task_result(winner))
end

--- async.race({ f or task, ... }[, limit]) -> what the first one that ends returned | nil, what it raised; the others are
--- cancelled. Waits.
function async.race(list, limit)
  core.can_wait()
  check_all(list)
  return limited(limit, first_of, list)
end

local function first_of_one(ms, f, ...) return first_of(ms, { core.spawn(f, ...) }) end

--- async.timeout(limit, f, ...) -> what f(...) returned | nil, err: what it raised, ETIMEDOUT when it took longer, or the
--- AbortError of the signal; then it is cancelled. Waits.
--- @param limit number|{ timeout: number?, signal: AbortSignal? }
--- @param f fun(...)
function async.timeout(limit, f, ...)
  if type(limit) ~= "table" then check_ms(limit, "ms") end
  check_function(f, "f")
  core.can_wait()
  return limited(limit, first_of_one, f, ...)
end

-- -- callbacks ----------------------------------------------------------------------------------------------------

local function finish_await(ok, err, ...)
  if not ok then return nil, err end
  if err ~= nil then return nil, err end
  return ...
end

--- async.await(f, ...) -> results | nil, err: calls f(..., callback) and waits for callback(err, results...). With a limit:
--- async.timeout(limit, async.await, f, ...).
--- @param f fun(...)
function async.await(f, ...)
  check_function(f, "f")
  local wake = core.waker()
  local arguments = table.pack(...)
  arguments[arguments.n + 1] = wake
  f(table.unpack(arguments, 1, arguments.n + 1))
  return finish_await(core.wait())
end

-- -- for several tasks --------------------------------------------------------------------------------------------

--- @class Queue: first in, first out
local Queue = {}
Queue.__index, Queue.__name = Queue, "Queue"

--- async.queue([capacity]) -> Queue: values from some tasks to others
--- @param capacity integer? how many may wait in it before put() waits; without it, any number
function async.queue(capacity)
  if capacity ~= nil and (math.type(capacity) ~= "integer" or capacity < 1) then
    errors.raise_range("capacity", "an integer >= 1", capacity)
  end
  local queue = { capacity = capacity or math.huge, first = 1, last = 0, getters = line.new(), putters = line.new() }
  return setmetatable(queue, Queue)
end

function Queue:__len() return self.last - self.first + 1 end

local function room(queue) return queue.closed and 0 or queue.capacity - #queue end
local function is_closed(queue) return queue.closed end

local function put(limit, queue, value)
  local ok, err = line.wait_for(limit, queue.putters, "put", queue, room, is_closed)
  if ok == nil then return nil, err end
  if queue.closed then return nil, errors.make("Error", "EPIPE", "The queue is closed") end
  queue.last = queue.last + 1
  queue[queue.last] = value
  line.call_first(queue.getters)
  return true
end

--- queue:put(value[, limit]) -> true | nil, err. Waits while the queue is full.
function Queue:put(value, limit)
  if value == nil then errors.raise_type("value", "not nil", value) end
  if self.capacity < math.huge then core.can_wait() end
  return limited(limit, put, self, value)
end

local function length(queue) return #queue end

local function get(limit, queue)
  local ok, err = line.wait_for(limit, queue.getters, "get", queue, length, is_closed)
  if ok == nil then return nil, err end
  if not ok then return nil end
  local value = queue[queue.first]
  queue[queue.first] = nil
  queue.first = queue.first + 1
  line.call_first(queue.putters)
  return value
end

--- queue:get([limit]) -> value | nil: it is closed and empty | nil, err. Waits while the queue is empty.
function Queue:get(limit)
  core.can_wait()
  return limited(limit, get, self)
end

--- queue:close(): get() gives what is left, then nil; put() fails.
function Queue:close()
  self.closed = true
  line.call_all(self.getters)
  line.call_all(self.putters)
end

--- for value in queue:values([limit]) do: until it is closed and empty, or none came for so long. Waits.
function Queue:values(limit)
  return function() return (self:get(limit)) end
end

--- @class Semaphore
local Semaphore = {}
Semaphore.__index, Semaphore.__name = Semaphore, "Semaphore"

--- async.semaphore(n) -> Semaphore: at most n tasks at a time
--- @param n integer
function async.semaphore(n)
  if math.type(n) ~= "integer" or n < 1 then errors.raise_range("n", "an integer >= 1", n) end
  return setmetatable({ free = n, waiting = line.new() }, Semaphore)
end

local function acquire(limit, semaphore)
  if semaphore.free == 0 then
    return line.wait(limit, semaphore.waiting, "acquire", function() semaphore:release() end)
  end
  semaphore.free = semaphore.free - 1
  return true
end

--- semaphore:acquire([limit]) -> true | nil, err. Waits while all are taken.
function Semaphore:acquire(limit)
  core.can_wait()
  return limited(limit, acquire, self)
end

--- semaphore:release(): gives back what acquire() took; who waits first has it.
function Semaphore:release()
  if not line.call_first(self.waiting) then self.free = self.free + 1 end
end

--- semaphore:with(f, ...) -> what f(...) returns | nil, err: acquire(), f, release(), whatever happens. Waits.
function Semaphore:with(f, ...)
  check_function(f, "f")
  local ok, err = self:acquire()
  if not ok then return nil, err end
  local _ <close> = setmetatable({}, { __close = function() self:release() end })
  return f(...)
end

return async
