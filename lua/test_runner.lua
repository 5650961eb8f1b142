-- test_runner.lua - `moonport test`: busted as it is installed, with specs that may wait. What busted does itself stays
-- its own; here its core gets a time limit, done(), the errors of callbacks and what specs leave open.
local core = require "moonport.core"
local leftovers = require "moonport.leftovers"
local options = require "moonport.test_options"
local process = require "moonport.process"
local supervisor = require "moonport.supervisor"
local test = require "moonport.test"
local traceback = require "moonport.traceback"

local tell = options.tell

local runner = {}

-- -- the core of busted -------------------------------------------------------------------------------------------

-- it, describe, file: what they open is to be closed at their end. The innermost one is the last.
-- { known = what was there before, failed =, stray = failure of a callback between functions,
--   ending = arguments of the 'test end' that is to be told last, held = what else is told after that }
local scopes = {}

local function top() return scopes[#scopes] end

local function open_scope(element)
  local scope = { element = element, known = leftovers.known() }
  scopes[#scopes + 1] = scope
  return scope
end

local function on_stray(failure)
  local scope = top()
  if not scope then return false end
  scope.stray = scope.stray or failure
  return true
end

-- The next trace that busted asks for is that of an error which was raised elsewhere.
local stashed

local function throw(busted, element, failure)
  stashed = {}
  for key, value in pairs(failure.trace or element.trace or { short_src = "?", currentline = 0 }) do stashed[key] = value end
  stashed.traceback = stashed.traceback or ""
  local value = failure.value
  if failure.given_up then -- a failure, as assert's are
    local _, made = pcall(busted.fail, value, 0)
    value = made
  end
  error(value, 0)
end

-- What is wrong at the end of a scope: with its callbacks, and with what it leaves, which is closed.
local function close_scope(scope, counts)
  supervisor.finish_ticks()
  local left = {}
  if scope.failed and not options.keep_handles then
    left = leftovers.all(scope.known) -- no need to wait for what is to be closed anyway
  elseif not options.keep_handles then
    left = supervisor.settle(scope.known)
  end
  local failure = scope.stray
  local missed = not failure and counts and test._missed(counts)
  if missed then failure = { given_up = true, value = missed } end
  if #left == 0 then return failure end
  if not failure then
    local lines, where = { "left behind:" }, nil
    for _, entry in ipairs(left) do
      lines[#lines + 1] = "  " .. entry.text
      where = where or entry.where
    end
    failure = { given_up = true, value = table.concat(lines, "\n"), trace = traceback.place_of(nil, where) }
  end
  leftovers.close(left)
  supervisor.settle(scope.known)
  return failure
end

local limits = setmetatable({}, { __mode = "k" }) -- element -> ms, by timeout(ms)

local function limit_of(busted, element)
  while element do
    if limits[element] then return limits[element] end
    element = busted.context.parent(element)
  end
  return options.timeout
end

local function extend_timeout(busted)
  busted.export("timeout", function(ms)
    if type(ms) ~= "number" or ms ~= ms or ms < 0 then error("timeout(ms): not a number of ms: " .. tostring(ms), 2) end
    limits[busted.context.get()] = ms
    supervisor.set_limit(ms)
  end)
end

-- Functions of a test run as tasks.
local functions = {
  it = true, finally = true, before_each = true, after_each = true,
  strict_setup = true, strict_teardown = true, lazy_setup = true, lazy_teardown = true,
}

local function extend_safe(busted)
  local safe, get_trace, safe_publish = busted.safe, busted.getTrace, busted.safe_publish
  local publishing = false

  function busted.getTrace(element, level, message)
    if not stashed then return get_trace(element, level or 3, message) end
    local trace = stashed
    stashed, trace.message = nil, message
    return trace
  end

  -- The place that raised: of the test rather than of our own lua/.
  local function trace_of(element, message)
    local level = 3
    for n = 3, 200 do
      local info = debug.getinfo(n, "S")
      if not info then break end
      if info.what ~= "C" and not info.source:find "^@lua/" then
        level = n
        break
      end
    end
    local trace = get_trace(element, level + 1, message)
    return trace
  end

  local function supervised(descriptor, run, element)
    local awaits_done = type(run) == "function" and descriptor ~= "finally" and debug.getinfo(run, "u").nparams > 0
    return function()
      local scope = top()
      local failure = supervisor.call(run, {
        limit = limit_of(busted, element),
        awaits_done = awaits_done,
        known = scope and scope.known or {},
        trace_of = function(message) return (trace_of(element, message)) end,
      })
      if descriptor == "lazy_setup" and scope then scope.known = leftovers.known() end -- it is for other tests too
      if failure then throw(busted, element, failure) end
    end
  end

  function busted.safe(descriptor, run, element)
    local is_function = functions[descriptor] and not publishing and (run == element.run or descriptor == "finally")
    return safe(descriptor, is_function and supervised(descriptor, run, element) or run, element)
  end

  function busted.safe_publish(descriptor, channel, element, ...)
    local scope = top()
    if descriptor == "test" and channel[2] == "end" and scope and scope.element == element and not scope.ending then
      scope.ending, scope.held = table.pack(...), {}
      return true
    end
    publishing = true
    local ok = safe_publish(descriptor, channel, element, ...)
    publishing = false
    return ok
  end
end

-- --coverage has hooked the main chunk; every listener and task runs on a coroutine of its own.
local function cover_callbacks()
  local hook, mask, count = debug.gethook()
  if type(hook) ~= "function" then return end -- none, or one of C, which coroutines inherit
  core.on_new_coroutine(function(co) debug.sethook(co, hook, mask, count) end)
end

local function extend_publish(busted)
  local publish = busted.publish
  function busted.publish(channel, ...)
    local what, scope = channel[1], top()
    if what == "error" or what == "failure" then
      runner.failed = true
      if scope then scope.failed = true end
    elseif what == "suite" and channel[2] == "start" then
      runner.running = true
      cover_callbacks()
    elseif what == "exit" then
      runner.running = false
    end
    if scope and scope.held then
      table.insert(scope.held, table.pack(channel, ...))
    else
      return publish(channel, ...)
    end
  end
end

-- it: its end is told when its after_each have run and nothing is left.
local function run_test(busted, executor, element)
  local scope, counts = open_scope(element), {}
  local before = test._expect(counts)
  executor(element)
  test._expect(before)
  local ending, held, failed = scope.ending, scope.held, scope.failed
  scope.held = nil
  local status = ending and ending[2]
  local failure = close_scope(scope, not failed and counts)
  if failure and not failed and (status == nil or status == "success") then
    status = tostring((busted.safe("it", function() throw(busted, element, failure) end, element)))
  end
  if ending then
    ending[2] = status
    busted.safe_publish("test", { "test", "end" }, element, table.unpack(ending, 1, ending.n))
    for _, event in ipairs(held) do busted.publish(table.unpack(event, 1, event.n)) end
  end
  table.remove(scopes)
end

-- describe, file: what their setup has opened is to be closed by their teardown.
local function run_block(busted, executor, element)
  local scope = open_scope(element)
  executor(element)
  local failure = close_scope(scope)
  table.remove(scopes)
  if failure and not scope.failed then throw(busted, element, failure) end
end

local function extend_executors(busted)
  local register = busted.register
  local wrappers = { it = run_test, describe = run_block, file = run_block }
  function busted.register(descriptor, executor, attributes)
    local wrapper = wrappers[descriptor]
    if not wrapper or type(executor) ~= "function" then return register(descriptor, executor, attributes) end
    return register(descriptor, function(element) wrapper(busted, executor, element) end, attributes)
  end
end

local function extend_core()
  local make_core = require "busted.core"
  package.loaded["busted.core"] = function()
    local busted = make_core()
    extend_publish(busted)
    extend_safe(busted)
    extend_executors(busted)
    extend_timeout(busted)
    runner.busted = busted
    return busted
  end
end

-- -- the end ------------------------------------------------------------------------------------------------------

-- The name of the test that is under way.
local function name_of_test()
  local names, element = {}, top() and top().element
  while element and element.descriptor ~= "suite" do
    table.insert(names, 1, element.name)
    element = runner.busted.context.parent(element)
  end
  return table.concat(names, " ")
end

local function watch_exit()
  process:on("exit", function(code)
    if not runner.running then return end
    tell(("the program was ended, with exit code %d, within: %s"):format(code, name_of_test()))
    if code == 0 then process.exitCode = 1 end
  end)
end

function supervisor.on_unstoppable(failure)
  runner.running = false
  tell(("%s: %s, and cannot be stopped"):format(name_of_test(), failure.value))
  process.exit(1)
end

--- Runs busted with the arguments of the script, and ends the program: 1 when anything failed. A task.
function runner.main()
  local found, run_busted = pcall(require, "busted.runner")
  if not found then
    tell "busted is not installed (Debian's package lua-busted, or: luarocks install busted)"
    return process.exit(1)
  end
  options.extend()
  extend_core()
  for _, folder in ipairs { "busted", "luassert" } do -- of Debian, of LuaRocks
    table.insert(traceback.foreign, ("^[^:]*/5%%.%%d/%s/[%%w_/]*%%.lua:"):format(folder))
  end
  supervisor.on_stray(on_stray)
  supervisor.start()
  watch_exit()
  -- busted takes its name from the file that calls it
  assert(load("local run = ... ; run({ standalone = false })", "@moonport test"))(run_busted)
  os.exit(not runner.failed, true) -- as busted does when something failed: others may have replaced it
end

return runner
