-- console.lua - the global `console`: Node's, on the standard streams.
-- One write a call, newline included, so that the order with print is kept. It never raises for what it is
-- given to show. Colours only where the host has set `console._colors`.

local inspect = require "moonport.inspect"
local format = require "moonport.format"

local console = { _colors = false }

local indent = ""  -- of the open groups
local counts = {}  -- label -> calls of count
local timers = {}  -- label -> nanoseconds at time()

-- The stream is looked up at each call: a script may replace io.stdout
local function write(stream, text)
  if indent ~= "" then text = indent .. text:gsub("\n", "\n" .. indent) end
  io[stream]:write(text .. "\n")
end

local function formatted(...)
  if select("#", ...) == 0 then return "" end
  return format.formatWithOptions({ colors = console._colors }, ...)
end

local function label_text(label)
  return label == nil and "default" or format.format("%s", label)
end

local function warning(text, ...)
  io.stderr:write("Warning: " .. text:format(...) .. "\n")
end

--- Prints the values on standard output, as util.format makes them.
---@param ... any
function console.log(...) write("stdout", formatted(...)) end
console.info = console.log
console.debug = console.log

--- Prints the values on standard error.
---@param ... any
function console.error(...) write("stderr", formatted(...)) end
console.warn = console.error

--- Prints `Trace: ` and the values on standard error, and where the call comes from.
---@param ... any
function console.trace(...)
  local text = formatted(...)
  local frames = inspect.frames(debug.traceback("", 2))
  write("stderr", "Trace" .. (text == "" and "" or ": " .. text) .. frames)
end

--- Prints a value as util.inspect shows it, strings quoted.
---@param value any
---@param options? moonport.InspectOptions
function console.dir(value, options)
  local all = { colors = console._colors }
  for name, option in next, type(options) == "table" and options or {} do all[name] = option end
  write("stdout", inspect(value, all))
end

--- Prints `Assertion failed` and the values on standard error if `condition` is false or nil. It never raises.
---@param condition any
---@param first? any
---@param ... any
function console.assert(condition, first, ...)
  if condition then return end
  if first == nil and select("#", ...) == 0 then return console.warn("Assertion failed") end
  if type(first) == "string" then return console.warn("Assertion failed: " .. first, ...) end
  console.warn("Assertion failed:", first, ...)
end

--- Indents what is printed from now on by two more columns, after printing the values, if any.
---@param ... any
function console.group(...)
  if select("#", ...) > 0 then console.log(...) end
  indent = indent .. "  "
end

--- Ends the innermost group.
function console.groupEnd() indent = indent:sub(3) end

--- Prints how often it was called with this label.
---@param label? any "default" if absent
function console.count(label)
  label = label_text(label)
  counts[label] = (counts[label] or 0) + 1
  console.log(("%s: %d"):format(label, counts[label]))
end

--- Lets count() begin again.
---@param label? any
function console.countReset(label)
  label = label_text(label)
  if not counts[label] then warning("Count for '%s' does not exist", label) end
  counts[label] = nil
end

-- -- timers -------------------------------------------------------------------

local function now() -- nanoseconds
  local found, core = pcall(require, "moonport.core")
  return found and core.process.hrtime() or os.time() * 1e9
end

local function time_text(nanoseconds)
  local ms = nanoseconds / 1e6
  if ms < 1000 then return (("%.3f"):format(ms):gsub("%.?0+$", "", 1)) .. "ms" end
  local hours, minutes, seconds = ms // 3600000, ms % 3600000 // 60000, ms % 60000 / 1000
  if hours > 0 then return ("%d:%02d:%06.3f (h:mm:ss.mmm)"):format(hours, minutes, seconds) end
  if minutes > 0 then return ("%d:%06.3f (m:ss.mmm)"):format(minutes, seconds) end
  return ("%.3fs"):format(seconds)
end

local function print_timer(caller, label, ...)
  if not timers[label] then return warning("No such label '%s' for console.%s()", label, caller) end
  console.log("%s: %s", label, time_text(now() - timers[label]), ...)
end

--- Starts a timer.
---@param label? any "default" if absent
function console.time(label)
  label = label_text(label)
  if timers[label] then return warning("Label '%s' already exists for console.time()", label) end
  timers[label] = now()
end

--- Prints how long ago time() was called with this label, and the values.
---@param label? any
---@param ... any
function console.timeLog(label, ...) print_timer("timeLog", label_text(label), ...) end

--- Prints how long ago time() was called with this label, and ends the timer.
---@param label? any
function console.timeEnd(label)
  label = label_text(label)
  print_timer("timeEnd", label)
  timers[label] = nil
end

-- -- tables -------------------------------------------------------------------

local function cell_text(value)
  local depth = 0
  if type(value) == "table" then
    local length, keys = inspect.keys(value)
    if length == 0 and #keys > 2 then depth = -1 end -- too much for a cell
  end
  return inspect(value, { depth = depth, maxArrayLength = 3, breakLength = math.huge, colors = console._colors })
end

local function heading(key)
  return type(key) == "string" and key or inspect(key, { depth = -1 })
end

-- The keys of a table in the order in which inspect shows them
local function all_keys(value)
  local length, keys = inspect.keys(value)
  local all = {}
  for i = 1, length do all[i] = i end
  return table.move(keys, 1, #keys, length + 1, all)
end

-- rows and headings are lists of texts, all of one length
local function draw(headings, rows)
  local widths = {}
  for i, text in ipairs(headings) do
    widths[i] = inspect.width(text)
    for _, row in ipairs(rows) do widths[i] = math.max(widths[i], inspect.width(row[i])) end
  end
  local function rule(left, middle, right)
    local parts = {}
    for i, width in ipairs(widths) do parts[i] = ("─"):rep(width + 2) end
    return left .. table.concat(parts, middle) .. right
  end
  local function line(row)
    local parts = {}
    for i, width in ipairs(widths) do parts[i] = " " .. row[i] .. (" "):rep(width - inspect.width(row[i])) .. " " end
    return "│" .. table.concat(parts, "│") .. "│"
  end
  local lines = { rule("┌", "┬", "┐"), line(headings), rule("├", "┼", "┤") }
  for _, row in ipairs(rows) do lines[#lines + 1] = line(row) end
  lines[#lines + 1] = rule("└", "┴", "┘")
  return table.concat(lines, "\n")
end

--- Prints the rows of a table as a table: one line a row, one column a key of the rows; rows that are not
--- tables stand in the column `Values`. Anything but a table is printed as log does.
---@param data any
---@param columns? string[] the only columns that are shown
function console.table(data, columns)
  if type(data) ~= "table" then return console.log(data) end
  if type(columns) ~= "table" then columns = nil end
  local wanted, known, values = {}, {}, false
  local keys = all_keys(data)
  for _, key in ipairs(keys) do
    local row = rawget(data, key)
    if type(row) ~= "table" then values = true end
    for _, column in ipairs(not columns and type(row) == "table" and all_keys(row) or {}) do
      if not known[column] then known[column], wanted[#wanted + 1] = true, column end
    end
  end
  wanted = columns or wanted
  values = values and not columns
  local headings, rows = { "(index)" }, {}
  for _, column in ipairs(wanted) do headings[#headings + 1] = heading(column) end
  if values then headings[#headings + 1] = "Values" end
  for _, key in ipairs(keys) do
    local row = rawget(data, key)
    local cells = { heading(key) }
    for _, column in ipairs(wanted) do
      local cell = type(row) == "table" and rawget(row, column)
      cells[#cells + 1] = type(row) == "table" and cell ~= nil and cell_text(cell) or ""
    end
    if values then cells[#cells + 1] = type(row) ~= "table" and cell_text(row) or "" end
    rows[#rows + 1] = cells
  end
  write("stdout", draw(headings, rows))
end

return console
