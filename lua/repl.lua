-- repl.lua - a session at the prompt: what becomes of a line, how values and errors are shown, what Ctrl-C means. Lines
-- come from runtime/repl.c, each in a task of its own, so that it may wait; the prompt says so meanwhile.

local core = require "moonport.core"
local history = require "moonport.repl_history"

-- A module that is loaded when it is first used: the prompt does not wait for it.
local function later(name)
  return setmetatable({}, {
    __index = function(_, key) return require(name)[key] end,
    __call = function(_, ...) return require(name)(...) end,
  })
end

local chunk, commands = later "moonport.repl_chunk", later "moonport.repl_commands"
local inspect = later "moonport.inspect"

local PROMPT, MORE, WAITING, EDITOR = "> ", "... ", "waiting> ", "| "
local MODULES = { net = true, dgram = true, fs = true, async = true, util = true, dns = true, events = true, timers = true }
local LEAVE = "(To leave, press Ctrl-C again or Ctrl-D, or type .exit)\n"

local host            -- functions of runtime/repl.c
local session = {}    -- what runtime/repl.c calls
local locals          -- of its entries: chunk.new(), when the first one is typed
local record          -- the history
local lines = {}      -- of an entry that is not complete
local editing = false -- .editor: lines are collected until Ctrl-D
local queue = {}      -- lines that came while an entry waited
local current         -- the entry that runs or waits: { task =, f =, source = }
local entries = {}    -- those that ran, for .save
local ctrl_c = 0      -- how often it was pressed at an empty line, one after the other
local last            -- what `_` was set to
local own_underscore = false

-- -- output -------------------------------------------------------------------------------------------------------------

local function say(text)
  host.fresh()
  io.stdout:write(text)
end

local function paint(text) return host.colors and "\27[31m" .. text .. "\27[39m" or text end

-- Bytes of peers must not steer the terminal.
local function escape(text) return require "moonport.inspect_text".printable(text) end

local function complain(text)
  host.fresh()
  io.stdout:flush()
  io.stderr:write(paint(text), "\n")
end

-- Whoever assigns `_` keeps it.
local function leave_underscore()
  local value = rawget(_G, "_")
  if own_underscore or rawequal(value, last) or value ~= value and last ~= last then return end -- nan is itself
  own_underscore = true
  say "(`_` is a variable of your own from now on)\n"
end

local function set_last(value)
  if not own_underscore then _G._, last = value, value end
end

-- Words that other prompts know.
local WORDS = {
  exit = "(To leave, press Ctrl-D or type .exit)\n",
  quit = "(To leave, press Ctrl-D or type .exit)\n",
  help = "(.help tells what there is, .help net.connect of a function)\n",
}

local function show(results)
  if results.n == 0 then return end
  local texts, lone = {}, true
  for i = 1, results.n do
    texts[i] = inspect(results[i], { colors = host.colors })
    lone = lone and not texts[i]:find("\n", 1, true)
  end
  say(table.concat(texts, lone and "\t" or "\n") .. "\n")
  set_last(results[1])
end

-- -- errors -------------------------------------------------------------------------------------------------------------

-- The frames of the entry and what it called, and how many of them are Lua's: not ours, which run it.
local function frames_of(traceback)
  local frames = traceback:match "stack traceback:\n(.*)" or ""
  frames = frames:gsub("\n\tlua/repl%.lua:.*$", ""):gsub("(stdin:%d+: in )[^\n]*$", "%1main chunk")
  local _, count = frames:gsub("\t%f[^\t\n][^%[\n]", "")
  return frames, count
end

-- The handler of xpcall: `err` with its traceback, which an Error keeps.
local function caught(err, entry)
  host.runs(false)
  chunk.rescue(locals, entry.source, entry.f)
  local frames, count = frames_of(debug.traceback("", 3))
  local meta = debug.getmetatable(err)
  if type(err) == "table" and type(meta) == "table" and meta.__name == "Error" and not rawget(err, "traceback") then
    local own = ("\n" .. frames):gsub("\n\t%[C%][^\n]*", ""):gsub("\n\tlua/[^\n]*", "")
    rawset(err, "traceback", "stack traceback:" .. own)
  end
  return { value = err, frames = count > 1 and frames or nil }
end

-- What is wrong, and a word of help where there is one.
local function complain_of(text, source)
  local hint = require "moonport.hint".of_text(text, source)
  complain(escape(text) .. (hint and "\n" .. hint or ""))
end

local function show_error(failure)
  if type(failure) ~= "table" then failure = { value = failure } end -- the handler itself has failed
  local err = failure.value
  _G._error = err
  local cancelled = current and current.cancelled
  if cancelled and type(err) == "table" and rawget(err, "code") == "ECANCELED" then return complain "cancelled" end
  if type(err) == "string" then
    complain_of(err .. (failure.frames and "\nstack traceback:\n" .. failure.frames or ""))
  else -- "Uncaught" where it could be taken for a result
    local meta = debug.getmetatable(err)
    local is_error = type(meta) == "table" and rawget(meta, "__name") == "Error"
    complain((is_error and "" or "Uncaught ") .. escape(inspect(err)))
  end
end

--- An error that left a callback; `report` is its text.
function session.uncaught(err, report)
  _G._error = err
  local hint = require "moonport.hint".of_error(report, err)
  complain("Uncaught " .. report .. (hint and "\n" .. hint or ""))
end

-- -- running --------------------------------------------------------------------------------------------------------------

local pump

local function ready()
  current = nil
  host.prompt(editing and EDITOR or #lines > 0 and MORE or PROMPT, true)
  if #queue > 0 then core.process.next_tick(pump) end
end

-- What was entered has run to its end, now or after waiting.
local function finish(entry, ok, ...)
  if entry ~= current then -- given up meanwhile
    if not ok then show_error((...)) end
    return
  end
  leave_underscore()
  if ok then show(table.pack(...)) else show_error((...)) end
  ready()
end

local function ran(...)
  host.runs(false)
  return ...
end

local function run(f, source)
  local entry = { f = f, source = source }
  current = entry
  host.prompt(WAITING, false)
  entry.task = core.current_task()
  finish(entry, xpcall(function()
    host.runs(true)
    return ran(f())
  end, function(err) return (caught(err, entry)) end))
end

-- Modules that are there by name are loaded when they are first mentioned: the prompt does not wait for them.
local function load_modules(source)
  local function mentions(name) return source:find(name, 1, true) and source:find("%f[%w_]" .. name .. "%f[^%w_]") end
  for name in pairs(MODULES) do
    if rawget(_G, name) == nil and mentions(name) then
      local ok, module = pcall(require, name)
      if ok then rawset(_G, name, module) end
    end
  end
  local console = host.colors and mentions "console" and rawget(_G, "console")
  if type(console) == "table" then console._colors = true end
end

-- A whole entry, as a function or as what is wrong with it: what chunk.compile says.
local function evaluate(source, f, trouble)
  load_modules(source)
  local word = source:match "^%s*(%l+)%s*%(?%s*%)?%s*$"
  if WORDS[word] and rawget(_G, word) == nil and not select(2, chunk.get(locals, word)) then
    say(WORDS[word])
    return ready()
  end
  if not f then
    complain_of(trouble == "incomplete" and "the entry is not complete" or trouble, source)
    _G._error = trouble
    return ready()
  end
  entries[#entries + 1] = source
  run(f, source)
end

-- Text as if it was typed, for .load: as a whole when it is one chunk, else line by line.
local function feed(text)
  if load(text, "=stdin", "t") then return evaluate(text, chunk.compile(locals, text)) end
  for line in (text .. "\n"):gmatch "([^\n]*)\n" do queue[#queue + 1] = line end
  ready()
end

local function handle(line)
  ctrl_c = 0
  if editing then
    lines[#lines + 1] = line
    return host.prompt(EDITOR, true)
  end
  local name, argument = line:match "^%s*%.(%a+)%s*(.-)%s*$"
  if name and (#lines == 0 or commands.anywhere[name]) then
    history.add(record, line)
    local command = commands.run[name]
    if not command then
      complain(("there is no .%s: try .help"):format(name))
    else
      local ok, text = pcall(command, session, argument)
      if not ok then complain(escape(tostring(text))) end
      if text == "interrupted!" then return session.recover() end
      if ok and text then say(text) end
    end
    if not current then ready() end
    return
  end
  lines[#lines + 1] = line
  local source = table.concat(lines, "\n")
  if not source:find "%S" then
    lines = {}
    return ready()
  end
  local f, trouble = chunk.compile(locals, source)
  if trouble == "incomplete" then return host.prompt(MORE, true) end
  lines = {}
  history.add(record, source)
  evaluate(source, f, trouble)
end

function pump()
  if host.interrupted() then queue = {} end -- Ctrl-C has met one of them, or us
  if not current and #queue > 0 then
    local ok, err = pcall(handle, table.remove(queue, 1))
    if not ok then -- Ctrl-C has met the session itself
      complain(escape(tostring(err)))
      session.recover()
    end
  end
  if not current and #queue > 0 then core.process.next_tick(pump) end
end

--- A line was entered.
function session.line(line)
  locals = locals or chunk.new()
  if current or #queue > 0 then queue[#queue + 1] = line else handle(line) end
end

-- The end, also where a listener of 'exit' fails.
local function leave()
  local ok, err = pcall(require "moonport.process".exit)
  if ok then return end
  complain(escape(type(err) == "string" and err or inspect(err)))
  core.process.exit(1)
end

session.leave = leave

--- The first key was pressed.
function session.begin() history.load(record) end

--- Ctrl-D, or the input has come to its end.
function session.finish()
  if editing then
    editing = false
    local source = table.concat(lines, "\n")
    lines = {}
    if not source:find "%S" then return ready() end
    history.add(record, source)
    return evaluate(source, chunk.compile(locals, source))
  end
  if host.terminal and not host.editor then say "\n" end -- readline has ended its line
  if #lines > 0 then
    local source = table.concat(lines, "\n")
    local _, trouble = load(source, "=stdin", "t")
    if trouble then complain_of(trouble, source) end
  end
  leave()
end

-- Ends what waits. One that does not listen, or that yielded to nobody, is left alone and forgotten.
local function cancel()
  local entry = current
  local status = entry.task.status
  queue = {}
  if (status == "waiting" or status == "ready") and not entry.cancelled then
    entry.cancelled = true
    entry.task:cancel()
  else
    complain "given up"
    ready()
  end
end

--- Ctrl-C: `any`: something was typed.
function session.interrupt(any)
  if current then return cancel() end
  local nothing = not any and #lines == 0 and not editing
  lines, editing = {}, false
  ctrl_c = nothing and ctrl_c + 1 or 0
  if ctrl_c > 1 then return leave() end
  if ctrl_c == 1 then say(LEAVE) end
  ready()
end

--- What the word that begins at byte `start` (from 0) of a line may become.
function session.complete(line, start)
  locals = locals or chunk.new()
  local ok, words = pcall(require "moonport.repl_complete", session, line, start) -- Ctrl-C ends it
  return ok and words or nil
end

-- -- for repl_commands.lua and repl_complete.lua --------------------------------------------------------------------------

session.feed = feed

--- Lines from now on are one entry, until Ctrl-D.
function session.edit()
  editing, lines = true, {}
end

--- The locals of the session are gone, and what was begun.
function session.clear()
  locals, lines = chunk.new(), {}
end

--- The session itself was interrupted: nothing is under way, nor to be.
function session.recover()
  lines, editing, queue = {}, false, {}
  ready()
end

function session.drop() lines = {} end
function session.entries() return entries end
function session.types() return host.types() end
function session.files(folder) return host.files(folder) end

--- Values of the session by name: its locals hide globals. @return any value @return boolean known
function session.value(name)
  local value, known = chunk.get(locals, name)
  if known then return value, true end
  load_modules(name)
  value = rawget(_G, name)
  return value, value ~= nil
end

--- The names of locals, and of modules that may not be loaded yet.
function session.names()
  local names = {}
  for name in pairs(locals.cells) do names[name] = true end
  for name in pairs(MODULES) do names[name] = true end
  return names
end

-- -- begin ------------------------------------------------------------------------------------------------------------

-- process.stdout and process.stderr write by themselves, not by io.
local function watch_streams()
  local Output = core.OutputStream
  local write = Output.write
  function Output:write(data, ...)
    host.room(type(data) == "string" and data ~= "" and data:sub(-1) ~= "\n")
    return write(self, data, ...)
  end
end

--- Begins a session; runtime/repl.c calls it once.
return function(functions)
  host = functions
  if host.terminal then watch_streams() end
  record = history.open(host, function(text) complain("moonport: " .. text) end)
  if host.terminal then
    say(("moonport %s, %s. Ctrl-D leaves, .help tells more.\n"):format(core.version, _VERSION))
  end
  host.prompt(PROMPT, true)
  return session
end
