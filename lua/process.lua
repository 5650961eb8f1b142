-- process.lua - the global process: https://nodejs.org/api/process.html. Its functions take a dot as in Node, and a
-- colon as in Lua. Never prints: warnings go to the host.
local core = require "moonport.core"
local EventEmitter = require "moonport.emitter"
local native, errors = core.process, core.errors

--- @class process: EventEmitter
local process = EventEmitter()

process.pid = native.pid
process.ppid = native.ppid
process.platform = "linux"
process.version = "v" .. core.version
process.versions = { moonport = core.version, lua = _VERSION:match("%d+%.%d+"), uv = core.uv_version }
process.argv = {} -- the host fills it: [0] executable, [1] script, [2] the first argument

--- Environment variables; assigning sets, nil removes. pairs() walks a copy.
process.env = setmetatable({}, {
  __index = function(_, name) return type(name) == "string" and native.getenv(name) or nil end,
  __newindex = function(_, name, value) native.setenv(name, value) end,
  __pairs = function() return pairs(native.env()) end,
  __inspect = function()
    local list = {}
    for name, value in pairs(native.env()) do list[#list + 1] = { name, value } end
    table.sort(list, function(a, b) return a[1] < b[1] end)
    return list
  end,
})

-- Functions that may be called with a dot or a colon: a leading `process` is dropped.
local function dotted(f)
  return function(first, ...)
    if rawequal(first, process) then return f(...) end
    return f(first, ...)
  end
end

--- Calls f(...) when the current callback has returned, before anything else of the loop.
process.nextTick = dotted(native.next_tick)

--- The current folder.
process.cwd = dotted(native.cwd)
process.chdir = dotted(native.chdir)

--- The time of a clock that only goes forward: { seconds, nanoseconds }, since `since` if it is given.
--- process.hrtime.bigint() is the same as one integer of nanoseconds.
process.hrtime = setmetatable({ bigint = native.hrtime }, {
  __call = function(_, since)
    if rawequal(since, process) then since = nil end
    local ns = native.hrtime()
    if since then ns = ns - since[1] * 1000000000 - since[2] end
    return { ns // 1000000000, ns % 1000000000 }
  end,
})

local started = native.hrtime()
--- Seconds since the start.
process.uptime = dotted(function() return (native.hrtime() - started) / 1e9 end)

--- @return { rss: integer, heapUsed: integer } bytes
process.memoryUsage = dotted(function()
  local rss, heap = native.memory()
  return { rss = rss, heapTotal = heap, heapUsed = heap, external = 0 }
end)

--- Sends a signal, default "SIGTERM".
--- @param pid integer
--- @param signal string|integer|nil
process.kill = dotted(function(pid, signal)
  if math.type(pid) ~= "integer" then errors.raise_type("pid", "of type number", pid) end
  local number = signal == nil and native.signals.SIGTERM or native.signals[signal] or math.tointeger(signal)
  if not number then
    error(errors.make("TypeError", "ERR_UNKNOWN_SIGNAL", "Unknown signal: " .. tostring(signal)), 0)
  end
  native.kill(pid, number)
  return true
end)

-- 'exit' is told once, whoever asks for the end.
local exiting = false

local function check_code(code)
  if code == nil or math.type(code) == "integer" then return code end
  local whole = math.tointeger(tonumber(code))
  if whole then return whole end
  if type(code) == "number" then errors.raise_range("code", "an integer", code) end
  errors.raise_type("code", "of type number", code)
end

-- process.exitCode: what the process ends with when nothing else says so. Checked when it is assigned.
local exit_code

-- The standard streams are made when a script asks for them: most never do.
local function standard_stream(name)
  local stream = require "moonport.stdio"[name]()
  rawset(process, name, stream)
  return stream
end

setmetatable(process, {
  __name = "process",
  __index = function(_, key)
    if key == "exitCode" then return exit_code end
    if key == "stdin" or key == "stdout" or key == "stderr" then return standard_stream(key) end
    return EventEmitter[key]
  end,
  __newindex = function(_, key, value)
    if key == "exitCode" then exit_code = check_code(value) else rawset(process, key, value) end
  end,
})

-- Tells 'exit' and returns the code to end with.
local function finish(code)
  exit_code = code or exit_code or 0
  if not exiting then
    exiting = true
    core.wait_no_more()
    process:emit("exit", exit_code)
  end
  return exit_code
end

--- Ends the program: 'exit' is told, output is flushed, nothing else runs.
--- @param code integer?
process.exit = dotted(function(code)
  native.exit(finish(check_code(code)))
end)

--- The loop is empty: lets 'beforeExit' listeners fill it again.
function process._before_exit()
  process:emit("beforeExit", exit_code or 0)
end

--- Shows a warning once: 'warning' listeners, else the host.
--- @param warning string|table
process.emitWarning = dotted(function(warning, name)
  if type(name) == "table" then name = name.type end
  if type(warning) == "string" then warning = errors.make(name or "Warning", nil, warning) end
  native.next_tick(function()
    if not process:emit("warning", warning) then native.warn(tostring(warning)) end
  end)
end)

-- The runtime's own warnings: told each time, shown once for each line of the script.
local shown = {}

native.on_warning(function(name, text, where)
  local warning = errors.make(name, nil, text)
  warning.where = where
  native.next_tick(function()
    if process:emit("warning", warning) then return end
    local key = name .. "\0" .. (where or text)
    if shown[key] then return end
    shown[key] = true
    native.warn((where and where .. ": " or "") .. tostring(warning))
  end)
end)

--- Tells of an error that nobody caught; true when a listener took it.
function process._uncaught(err)
  process:emit("uncaughtExceptionMonitor", err, "uncaughtException")
  return process:emit("uncaughtException", err, "uncaughtException")
end

native.on_uncaught(process._uncaught)

-- Signals: the default is replaced while there is a listener.
local watched = {}

process:on("newListener", function(name)
  local number = native.signals[name]
  if number and not watched[name] then
    if name == "SIGKILL" or name == "SIGSTOP" then error(errors.system(-22, "uv_signal_start"), 0) end
    watched[name] = native.signal(function() process:emit(name, name, number) end, number)
  end
end)

process:on("removeListener", function(name)
  if watched[name] and process:listenerCount(name) == 0 then
    watched[name]:close()
    watched[name] = nil
  end
end)

-- The methods of the emitter with a dot: process.on("exit", f).
for name, method in pairs(EventEmitter) do
  if type(method) == "function" and name ~= "new" and name ~= "extend" then
    process[name] = function(first, ...)
      if rawequal(first, process) then return method(process, ...) end
      return method(process, first, ...)
    end
  end
end

return process
