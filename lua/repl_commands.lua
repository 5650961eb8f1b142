-- repl_commands.lua - the commands of the prompt: each is given the session and its argument, and returns what to say.

local core = require "moonport.core"
local inspect = require "moonport.inspect"

local commands = {}

-- What each does, in the order in which .help lists them.
local list = {
  { "break", "", "give up the entry that was begun, as Ctrl-C does" },
  { "clear", "", "forget the locals of this session" },
  { "editor", "", "enter several lines as one; Ctrl-D runs them" },
  { "exit", "", "leave, as Ctrl-D does" },
  { "handles", "", "what keeps the loop alive, and the line that made it" },
  { "help", "[name]", "this list; a module, class, function or event" },
  { "load", "file", "run a file as if it was typed" },
  { "save", "file", "write what was entered in this session to a file" },
  { "tasks", "", "who waits, since when, and where" },
}

local names = {} -- sorted
for i, entry in ipairs(list) do names[i] = entry[1] end

commands["break"] = function(session) session.drop() end

function commands.clear(session)
  session.clear()
  return "The locals are forgotten.\n"
end

function commands.editor(session)
  session.edit()
  return "// Ctrl-D runs what you enter, Ctrl-C drops it\n"
end

function commands.exit(session) session.leave() end

local function overview()
  local lines = {}
  for i, entry in ipairs(list) do
    lines[i] = (".%-8s %-6s  %s\n"):format(entry[1], entry[2], entry[3])
  end
  return table.concat(lines) .. [[

An entry is Lua: an expression shows its values, and locals stay. `_` is the
last value, `_error` the last error. What waits is ended by Ctrl-C. Tab
completes names; net, dgram, fs, async, util, dns, events, timers are there.
]]
end

function commands.help(session, name)
  if name == "" then return overview() end
  for _, entry in ipairs(list) do
    if name == "." .. entry[1] then return (".%s %s\n%s\n"):format(table.unpack(entry)) end
  end
  local text = require "moonport.repl_help".page(session, name)
  return text or ("nothing is known of '%s'\n"):format(name)
end

-- -- files --------------------------------------------------------------------------------------------------------------

local function expand(path)
  if path == "" then error("a file is to be named", 0) end
  return (path:gsub("^~/", (os.getenv "HOME" or "~") .. "/"))
end

function commands.load(session, path)
  local file, why = io.open(expand(path), "rb")
  if not file then error("cannot read " .. why, 0) end
  local text
  text, why = file:read "a"
  file:close()
  if not text then error(("cannot read %s: %s"):format(path, why), 0) end
  session.feed((text:gsub("^#[^\n]*", "")))
end

function commands.save(session, path)
  local file, why = io.open(expand(path), "wb")
  if not file then error("cannot write " .. why, 0) end
  local ok, trouble = file:write(table.concat(session.entries(), "\n"), "\n")
  local closed, late = file:close()
  if not ok or not closed then error(("cannot write %s: %s"):format(path, trouble or late), 0) end
  return ("The session is in %s\n"):format(path)
end

-- -- what is alive --------------------------------------------------------------------------------------------------------

local function columns(rows, none)
  if #rows == 0 then return none .. "\n" end
  local widths, lines = {}, {}
  for _, row in ipairs(rows) do
    for i, text in ipairs(row) do widths[i] = math.max(widths[i] or 0, inspect.width(text)) end
  end
  for _, row in ipairs(rows) do
    for i = 1, #row - 1 do row[i] = row[i] .. (" "):rep(widths[i] - inspect.width(row[i])) end
    lines[#lines + 1] = table.concat(row, "  ") .. "\n"
  end
  return table.concat(lines)
end

function commands.handles()
  local rows = {}
  for _, entry in ipairs(core.process.handles()) do
    local object, where = entry[1], entry[2]
    local _, referenced = pcall(function() return not object.hasRef or object:hasRef() end)
    rows[#rows + 1] = { tostring(object), referenced == false and "unref" or "", where and "made at " .. where or "" }
  end
  return columns(rows, "nothing keeps the loop alive")
end

local function seconds(task)
  return task.waiting and ("for %.1f s"):format(task.waiting / 1000) or ""
end

-- The line of the script that waits, and the verb it waits in.
local function place(traceback)
  local frames = traceback:match "stack traceback:\n(.*)" or ""
  local verb, where
  for line in frames:gmatch "[^\n]+" do
    line = line:match "^%s*(.*)"
    if line:find "^%[C%]" or line:find "^lua/" then
      verb = line:match "in %a+ '([^']+)'" or verb
    elseif not line:find "^%[" then
      where = line:match "^(.-:%d+):" or line
      break
    end
  end
  return (verb and verb:gsub("^.*[.:]", "") .. " " or "") .. (where and "at " .. where or "")
end

function commands.tasks()
  local rows = {}
  for _, task in ipairs(require "moonport.async".tasks()) do
    local where = task.where
    rows[#rows + 1] = { task.status, seconds(task), place(task:traceback()), where and "made at " .. where or "" }
  end
  return columns(rows, "no task waits")
end

return {
  run = commands,
  names = names,
  anywhere = { ["break"] = true, clear = true, exit = true }, -- also where an entry is not complete
}
