-- test.lua - what specs of network code are written with: run, a loop with a conscience, and must, counted callbacks.
-- Knows nothing of busted: a failure is an error.
local core = require "moonport.core"
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

local function close_handles(except)
  for _, entry in ipairs(core.process.handles()) do
    local object = entry[1]
    if object ~= except then
      if object.removeAllListeners then object:removeAllListeners() end
      if object.on and object.removeAllListeners then object:on("error", function() end) end
      local close = object.destroy or object.close
      if close then pcall(close, object) end -- one that closes already may say so
    end
  end
end

-- Closes whatever is open, so that a failing run does not spoil the next one; also what comes late: a server whose
-- name is still being looked up is no handle yet.
local function close_all()
  close_handles()
  local again
  again = timers.setInterval(function() close_handles(again) end, 5):unref()
  for _ = 1, 100 do -- an error of what is being closed ends a run as well
    if pcall(core.run) then break end
  end
  timers.clearInterval(again)
end

local function open_handles(known)
  local open = {}
  for _, entry in ipairs(core.process.handles()) do
    local object = entry[1]
    local unreferenced = object.hasRef and not object:hasRef()
    if not known[object] and not unreferenced then
      open[#open + 1] = ("%s made at %s"):format(tostring(object), entry[2] or "?")
    end
  end
  return open
end

--- Runs f and the loop until it is empty. Fails on an uncaught error, a `must` called too rarely or too often, a
--- handle left open, and after a time limit.
--- @param f fun()
--- @param options { timeout: integer? }?
function test.run(f, options)
  local known = {}
  for _, entry in ipairs(core.process.handles()) do known[entry[1]] = true end
  expected = {}
  local limit = options and options.timeout or test.timeout
  local timed_out
  local watchdog = timers.setTimeout(function()
    timed_out = open_handles(known)
    error(("the run took more than %d ms; open: %s"):format(limit, table.concat(timed_out, ", ")), 0)
  end, limit):unref()
  known[watchdog] = true

  core.process.next_tick(f)
  local ok, err = pcall(core.run)
  timers.clearTimeout(watchdog)
  local mine = expected
  expected = nil
  if not ok then
    close_all()
    error(err, 0)
  end
  local left = open_handles(known)
  if #left > 0 then
    close_all()
    error("left open: " .. table.concat(left, ", "), 0)
  end
  for _, count in ipairs(mine) do
    if count.calls ~= count.wanted then
      error(("must of %s: called %d times, wanted %d"):format(count.where, count.calls, count.wanted), 0)
    end
  end
end

return test
