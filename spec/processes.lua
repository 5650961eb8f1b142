-- processes.lua - what specs with real programs share: processes in the background that are sent to, listened to and
-- ended, each by its own pid, with bounded waiting. Holds no checks of its own.
local assert = require "luassert"
local helper = require "spec.helper"

local processes = {}

local PATIENCE, LIMIT = 15, 25 -- seconds: for an expected line, for a whole process unless it says otherwise

local running = {}

--- What a command prints.
function processes.output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read "a"
  pipe:close()
  return text
end

local function now() return tonumber(helper.read_file "/proc/uptime":match "[%d.]+") end
processes.now = now

--- f(), again and again until it returns something; nil when that takes too long.
function processes.poll(f)
  local deadline = now() + PATIENCE
  repeat
    local results = { f() }
    if results[1] then return table.unpack(results) end
    os.execute "sleep 0.02"
  until now() > deadline
end

local Process = {}
Process.__index = Process

--- Starts a command in the background. What is sent goes to its standard input; what it prints, into a file.
--- @param limit integer? seconds that it may live
function processes.start(command, limit)
  local self = setmetatable({ command = command, path = helper.path() }, Process)
  local line = "echo $$ >%s.pid; exec timeout --foreground -k 1 %d %s >%s 2>&1"
  self.input = assert(io.popen(line:format(self.path, limit or LIMIT, command, self.path), "w"))
  running[self] = true
  return self
end

--- An example, with its arguments.
function processes.example(script, arguments)
  return processes.start(("'%s' examples/%s %s"):format(helper.moonport, script, arguments or ""))
end

function Process:output() return helper.read_file(self.path) or "" end

--- Waits until the pattern matches what was printed; returns its captures.
function Process:expect(pattern)
  local captures = { processes.poll(function() return self:output():match(pattern) end) }
  if captures[1] then return table.unpack(captures) end
  error(("%s did not print '%s' but:\n%s"):format(self.command, pattern, self:output()), 2)
end

function Process:send(text)
  self.input:write(text)
  self.input:flush()
  return self
end

--- Ends its standard input and waits for its end: what it printed, "exit CODE" or "signal NUMBER".
function Process:wait()
  running[self] = nil
  local _, how, number = self.input:close()
  return self:output(), how .. " " .. number
end

--- Its pid, which is that of `timeout`: signals are passed on.
function Process:pid()
  return processes.poll(function() return (helper.read_file(self.path .. ".pid") or ""):match "^(%d+)\n" end)
end

function Process:kill(signal)
  os.execute(("kill -%s %s 2>/dev/null"):format(signal or "TERM", self:pid()))
  return self:wait()
end

--- Fails unless the process ends well, having printed the text and nothing else.
function Process:ends(text)
  local output, how = self:wait()
  assert.equal(text, output)
  assert.equal("exit 0", how)
end

--- Ends every process that still runs: for after_each.
function processes.kill_all()
  while next(running) do next(running):kill() end
end

--- Which of some tools is not installed, as a reason to skip a test: busted's `pending` works in the spec's own file only.
function processes.missing(...)
  for _, tool in ipairs { ... } do
    if processes.output_of("command -v " .. tool) == "" then return tool .. " is not installed" end
  end
end

return processes
