-- measure.lua - one measurement of one contender: (row, contender, settings) -> table of figures, or nil and the reason.
local shell = require "shell"

local measure = {}
local build, quiet = nil, 0.10 -- a run is quiet when everybody else used less than this share of a core (/proc/stat errs by 5 %)

function measure.setup(here)
  build = here .. "/build"
end

-- The C programs answer with one line of key=value, or error=text.
local function figures(command)
  local text = shell.line(command)
  local reason = text:match("^error=(.*)")
  if reason then return nil, reason end
  local result = {}
  for key, value in text:gmatch("(%S+)=(%S+)") do result[key] = tonumber(value) end
  if not next(result) then return nil, "no result" end
  return result
end

-- The command of the contender that a row loads, or nil: it has no such server.
function measure.server(row, contender)
  return contender[row.server or "server"]
end

local function load(row, contender, kind, more)
  return figures(("%s/%s %s %s %s -- %s %s 0"):format(build, row.generator or "load", kind, row.options, more,
    measure.server(row, contender), row.modes and row.modes[contender.name] or row.mode))
end

function measure.load(row, contender, settings)
  local best, reason
  for _ = 1, settings.tries do
    local result
    result, reason = load(row, contender, row.kind, ("-w %s -t %s"):format(settings.warm_up, settings.seconds))
    if not result then return nil, reason end
    if not best or result.others < best.others then best = result end
    if best.others < quiet then break end
  end
  best.disturbed = best.others >= quiet
  return best
end

-- System calls per operation, from a short run under strace: { total = , by = { {name, n}, ... } }
function measure.syscalls(row, contender)
  local path = build .. "/strace.txt"
  local result, reason = load(row, contender, row.kind, "-w 0.3 -t 0.5 -x " .. path)
  if not result then return nil, reason end
  local calls = { total = 0, by = {} }
  for line in io.lines(path) do
    local n, name = line:match("^%s*[%d.]+%s+[%d.]+%s+%d+%s+(%d+)%s+%d*%s*([%a_][%w_]*)$")
    if n and name ~= "total" then
      local each = tonumber(n) * row.per / result.work
      calls.total = calls.total + each
      table.insert(calls.by, { name, each })
    end
  end
  os.remove(path)
  table.sort(calls.by, function(a, b) return a[2] > b[2] end)
  return calls
end

function measure.memory(row, contender)
  return load(row, contender, "idle", "")
end

-- What is started: nil where a contender has no prompt.
function measure.startup_command(row, contender)
  if row.until_prompt then return contender.prompt end
  return contender.hello
end

function measure.startup(row, contender, settings)
  local command = measure.startup_command(row, contender)
  return figures(("%s/startup %s %d %s"):format(build, row.until_prompt and "prompt" or "end", settings.runs, command))
end

-- The file goes to an echo server on the generator's core and comes back: bytes per second of the whole program.
function measure.copy(row, contender)
  local source, target = build .. "/copy.source", build .. "/copy.target"
  if not shell.exists(source) or shell.size(source) ~= row.size then
    shell.output(("head -c %d /dev/urandom >%s"):format(row.size, source))
  end
  local server = assert(io.popen(("echo $$; exec taskset -c 1 %s/server pipe 0"):format(build)))
  local id, port = server:read "n", server:read "L" and server:read("l"):match "%d+"
  local result, reason = figures(("%s/startup end 1 %s %s %s %s"):format(build, contender.copy, source, port, target))
  os.execute("kill " .. id)
  server:close()
  if result and not shell.succeeds(("cmp %s %s"):format(source, target)) then return nil, "the copy is another" end
  os.remove(target)
  return result and { rate = row.size / result.median * 1e6 }, reason
end

function measure.script(row, contender, settings)
  local arguments = (row.arguments or ""):gsub("build/", build .. "/")
  return figures(("taskset -c 0 %s/%s %d %s"):format(contender.scripts, row.script, settings.rounds, arguments))
end

function measure.size(path)
  local stripped = build .. "/stripped"
  if not shell.succeeds(("strip -o %s %s"):format(stripped, shell.quote(path))) then return nil, "strip failed" end
  local bytes = shell.size(stripped)
  os.remove(stripped)
  return bytes
end

return measure
