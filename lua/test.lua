-- test.lua - what specs of network code are written with: run, a loop with a conscience, and must, counted callbacks.
-- Knows nothing of busted: a failure is an error.
local core = require "moonport.core"
local leftovers = require "moonport.leftovers"
local timers = core.timers

local test = { timeout = 5000 } -- ms that a run may take

local expected -- the counted callbacks of the run under way

local function where()
  for level = 3, 20 do
    local info = debug.getinfo(level, "Sl")
    if not info then break end
    if info.currentline > 0 and not info.source:find "^@lua/" then return info.short_src .. ":" .. info.currentline end
  end
  return "?"
end

--- Wraps a callback that must be called exactly n times before the run ends.
--- @param f fun(...)? @param n integer? default 1
function test.must(f, n)
  if type(f) == "number" then f, n = nil, f end
  local count = { calls = 0, wanted = n or 1, where = where() }
  if expected then expected[#expected + 1] = count end
  return function(...)
    count.calls = count.calls + 1
    if count.calls > count.wanted then
      error(("must of %s: called %d times, wanted %d"):format(count.where, count.calls, count.wanted), 2)
    end
    if f then return f(...) end
  end
end

--- A callback that must not be called; what it was called with is in the message.
function test.never(name)
  local at = where()
  return function(...)
    local shown = {}
    for i = 1, select("#", ...) do shown[i] = tostring((select(i, ...))) end
    error(("%s of %s was called (%s)"):format(name or "never", at, table.concat(shown, ", ")), 2)
  end
end

--- Where `must` counts from now on: a list for test._missed, or nil. Returns the one before.
function test._expect(list)
  local before = expected
  expected = list
  return before
end

--- What is wrong with the counts of a list that test._expect was given, or nil.
function test._missed(list)
  for _, count in ipairs(list) do
    if count.calls ~= count.wanted then
      return ("must of %s: called %d times, wanted %d"):format(count.where, count.calls, count.wanted)
    end
  end
end

-- Closes whatever is open and cancels whoever waits, so that a failing run does not spoil the next one; also what comes
-- late: a server whose name is still being looked up is no handle yet. Only unreferenced objects that the run has found
-- are spared, and tasks.
local function close_all(known)
  local spared = {}
  for object in pairs(known) do
    spared[object] = object.hasRef and not object:hasRef() or nil
  end
  local function close()
    leftovers.close(leftovers.handles(spared, true))
    leftovers.close(leftovers.tasks(known))
  end
  close()
  local again = timers.setInterval(close, 5):unref()
  spared[again] = true
  for _ = 1, 100 do -- an error of what is being closed ends a run as well
    if pcall(core.run) then break end
  end
  timers.clearInterval(again)
end

local function open_handles(known)
  local texts = {}
  for i, entry in ipairs(leftovers.handles(known)) do texts[i] = entry.text end
  return table.concat(texts, ", ")
end

--- Runs f and the loop until it is empty. Fails on an uncaught error, a `must` called too rarely or too often, a
--- handle left open, and after a time limit.
--- @param f fun()
--- @param options { timeout: integer? }?
function test.run(f, options)
  local known = leftovers.known()
  local mine = {}
  local before = test._expect(mine)
  local limit = options and options.timeout or test.timeout
  local watchdog = timers.setTimeout(function()
    error(("the run took more than %d ms; open: %s"):format(limit, open_handles(known)), 0)
  end, limit):unref()
  known[watchdog] = true

  core.process.next_tick(f)
  local ok, err = pcall(core.run)
  timers.clearTimeout(watchdog)
  test._expect(before)
  local left = open_handles(known)
  if not ok or left ~= "" then
    close_all(known)
    error(ok and "left open: " .. left or err, 0)
  end
  local missed = test._missed(mine)
  if missed then error(missed, 0) end
end

return test
