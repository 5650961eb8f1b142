-- supervisor.lua - runs a function of a test as a task of its own, and says what went wrong: it raised, a callback
-- raised meanwhile, its time was over, or nothing was left that could wake it. Knows nothing of busted; never prints.
local core = require "moonport.core"
local leftovers = require "moonport.leftovers"
local process = require "moonport.process"
local traceback = require "moonport.traceback"
local timers = core.timers

local supervisor = {}

--- Called with the failure of a function that goes on whatever is done; must not return.
--- @param failure { value: any, trace: table? }
function supervisor.on_unstoppable(failure) error(failure.value, 0) end

local current     -- the function under way
local on_stray    -- takes an error of a callback while no function is under way
local loops = 0   -- calls of core.run() under way, inside of the function: their errors are raised there

-- -- a function under way -----------------------------------------------------------------------------------------

-- What ends it early; the first one counts.
local function fail(run, failure)
  if run.failure then return end
  run.failure = failure
  if run.wake then run.wake() end
end

local function is_over(run) return run.failure ~= nil or (run.ended and not run.awaits_done) end

-- Where it waits: a traceback without what is below the function, or nil when it has ended.
local function waits_at(run)
  if run.ended then return nil end
  return (run.task:traceback():gsub("\n\t%[C%]: in function 'xpcall'\n\tlua/supervisor%.lua:.*$", ""))
end

local function give_up(run, reason)
  local text = waits_at(run)
  local lines = { reason }
  if not run.ended then lines[1] = lines[1] .. "; it waits here:" .. traceback.own_lines(text) end
  if run.awaits_done then lines[#lines + 1] = "done() was not called" end
  for _, entry in ipairs(leftovers.handles(run.known)) do lines[#lines + 1] = "open: " .. entry.text end
  fail(run, { given_up = true, value = table.concat(lines, "\n"), trace = traceback.place_of(text) })
end

local function too_long(run) return ("it took more than %d ms"):format(run.limit) end

local function unwatch(run)
  if run.watchdog then timers.clearTimeout(run.watchdog) end
  run.watchdog = nil
end

local hidden = setmetatable({}, { __mode = "k" }) -- timers of ours: no test finds them among its own

local function watch(run)
  unwatch(run)
  if run.limit == 0 or is_over(run) then return end
  local left = math.max(0, run.limit - (core.now() - run.began))
  run.watchdog = timers.setTimeout(function() give_up(run, too_long(run)) end, left):unref()
  hidden[run.watchdog] = true
end

-- A function that is busy lets no timer fire: its own coroutine looks at the clock now and then. One that catches the
-- error and goes on, again and again, cannot be stopped.
local INSTRUCTIONS, AT_MOST = 1000000, 100

local function stop_busy(run)
  local times = 0
  return function()
    if loops > 0 then return end
    if not run.failure then
      if run.limit == 0 or core.now() - run.began < run.limit then return end
      run.failure = { given_up = true, value = too_long(run) .. "; it is busy here" }
    end
    times = times + 1
    if times > AT_MOST then supervisor.on_unstoppable(run.failure) end
    error(run.failure, 0)
  end
end

-- done(err): the end of a function that has asked for it.
local function done_of(run)
  local called = false
  return function(err)
    if called then error("done() was called twice", 2) end
    called = true
    run.awaits_done = false
    if err ~= nil and err ~= false then
      local where = type(err) == "table" and rawget(err, "where") or nil
      fail(run, { value = err, trace = traceback.place_of(debug.traceback(nil, 2), where) })
    elseif run.wake then
      run.wake()
    end
  end
end

local function body(run, f, trace_of)
  local hook = debug.gethook() -- whoever measures coverage has one already
  if not hook then debug.sethook(stop_busy(run), "", INSTRUCTIONS) end
  local ok, err = xpcall(f, function(err)
    if run.failure and run.failure ~= err then return err end -- cancelled, or failed already
    local failure = run.failure or { value = err }
    failure.trace = failure.trace or trace_of(err)
    return failure
  end, run.done)
  if not hook then debug.sethook() end
  run.ended = true
  if not ok and not run.failure then run.failure = type(err) == "table" and err.trace and err or { value = err } end
  if run.wake then run.wake() end
end

--- Calls f as a task and waits for its end, and for done() when it is to be called. A function that is given up is
--- cancelled.
--- @param f function
--- @param options { limit: integer, awaits_done: boolean, known: table, trace_of: fun(err: any): table }
--- limit: ms, 0 for none; known: see leftovers.known; trace_of describes the place that raised, on its own stack
--- @return { value: any, trace: table?, given_up: boolean? }? failure
function supervisor.call(f, options)
  local run = { limit = options.limit, known = options.known, began = core.now(), awaits_done = options.awaits_done }
  local outer = current
  current = run
  if run.awaits_done then run.done = done_of(run) end
  run.task = core.spawn(body, run, f, options.trace_of)
  watch(run)
  if not is_over(run) then
    repeat
      run.wake = core.waker()
      core.wait()
    until is_over(run)
    run.wake = nil
    core.sleep(0) -- out of whatever callback that was: the next test may run the loop, which not all of them endure
  end
  unwatch(run)
  current = outer
  if not run.ended then run.task:cancel "the test is over" end
  return run.failure
end

--- Another time limit for the function under way, if there is one, from now on.
--- @param ms integer 0: no limit
function supervisor.set_limit(ms)
  if not current then return end
  current.limit, current.began = ms, core.now()
  watch(current)
end

--- Who takes errors of callbacks while no function is under way: f(failure) -> taken, or nil.
function supervisor.on_stray(f) on_stray = f end

-- -- one turn of the loop, and what is to be gone ------------------------------------------------------------------

local function turn()
  core.immediates.setImmediate(core.waker())
  core.wait()
  core.sleep(0)
end

--- Lets happen what the test has left to the next ticks. Waits, if there is any.
function supervisor.finish_ticks()
  if core.process.ticks() > 0 then turn() end
end

-- Turns of the loop without any change until what is there counts as left: so many at once, then so many with 5 ms between
-- them. They are counted and not timed: on a machine that is busy, turns are what takes its time.
local TURNS, SLOW_TURNS = 20, 100

--- Waits until nothing is left that is not known, or it does not become less any more.
--- @return table[] what is left: see leftovers.all
function supervisor.settle(known)
  local left = leftovers.all(known)
  local turns = 0
  while #left > 0 and turns < TURNS + SLOW_TURNS do
    if turns < TURNS then turn() else core.sleep(5) end
    turns = turns + 1
    local before = #left
    left = leftovers.all(known)
    if #left ~= before then turns = 0 end
  end
  return left
end

-- -- taking over ---------------------------------------------------------------------------------------------------

local function take(err, text)
  if loops > 0 then return false end
  local where = type(err) == "table" and rawget(err, "where") or nil
  local failure = { value = err, trace = traceback.place_of(text, where) }
  if current then
    fail(current, failure)
    return true
  end
  return on_stray ~= nil and on_stray(failure)
end

--- From now on errors of callbacks fail the function under way, and an empty loop does so too. The task that calls, and
--- what is ours, is on no list of the test.
function supervisor.start()
  core.process.on_uncaught(function(err, text)
    return process._uncaught(err) or take(err, text)
  end)

  local warn_failure = core.warn_failure
  function core.warn_failure(err) -- of a handler of serve(), for example
    if not take(err, core.traceback_of(err)) then warn_failure(err) end
  end

  local run_loop = core.run
  function core.run()
    loops = loops + 1
    if current then unwatch(current) end
    local ok, err = pcall(run_loop)
    loops = loops - 1
    if current and loops == 0 then
      current.began = core.now() -- run() has a time limit of its own
      watch(current)
    end
    if not ok then error(err, 0) end
  end

  local handles, tasks, main = core.process.handles, core.tasks, core.current_task()
  function core.process.handles()
    local list = {}
    for _, entry in ipairs(handles()) do
      if not hidden[entry[1]] then list[#list + 1] = entry end
    end
    return list
  end

  function core.tasks()
    local list = {}
    for _, task in ipairs(tasks()) do
      if task ~= main then list[#list + 1] = task end
    end
    return list
  end
  require "moonport.async".tasks = core.tasks

  local before_exit = process._before_exit
  function process._before_exit()
    before_exit()
    local run = current
    if not run then return end
    -- later, in the loop: what goes on then may fill it
    core.immediates.setImmediate(function()
      if current == run then give_up(run, "nothing is left that could wake it") end
    end)
  end
end

return supervisor
