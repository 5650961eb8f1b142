-- inspect.lua - shows any Lua value as Node's util.inspect does: for console, util and the REPL.
-- It never fails and never runs a script's code, but for __tostring and __inspect, both under pcall:
-- tables are read raw, so __index, __pairs and __len are not called (only an error's fields may be inherited).
-- It never prints either, and never changes what it shows. Colours, columns and quotes are inspect_text.lua's.

---@class moonport.InspectOptions
---@field depth? integer how many levels of tables are shown below the first (2); math.huge for all
---@field colors? boolean ANSI colours (false)
---@field breakLength? integer the columns an entry may take before it is broken into lines (72)
---@field maxArrayLength? integer how many items of a sequence are shown (100)
---@field maxStringLength? integer how many characters of a string are shown (10000)
---@field compact? integer|false how many inner levels may share a line (3); false: one entry a line
---@field customInspect? boolean whether __inspect and __tostring are asked (true)
---@field numericSeparator? boolean 1_234 (false)

local text_of = require "moonport.inspect_text"
local quote = text_of.quote

local M = { strip = text_of.strip, width = text_of.width, colors = text_of.colors, custom = "__inspect" }

--- What holds where a call says nothing else; scripts may change it.
---@type moonport.InspectOptions
M.defaultOptions = {
  depth = 2, colors = false, customInspect = true, breakLength = 72, maxArrayLength = 100, maxStringLength = 10000,
  compact = 3, numericSeparator = false,
}

local styles = { number = "yellow", boolean = "yellow", string = "green", ["nil"] = "gray", special = "cyan" }

local function paint(cx, style, text) return cx.colors and text_of.paint(styles[style], text) or text end

local function plural(count, noun)
  return ("... %d more %s%s"):format(count, noun, count == 1 and "" or "s")
end

-- -- values that have no parts ------------------------------------------------

local simple = {}
simple["nil"] = function(cx) return paint(cx, "nil", "nil") end
function simple.boolean(cx, value) return paint(cx, "boolean", tostring(value)) end

-- 1234567.8901 as 1_234_567.890_1
local function separated(text)
  local sign, whole, fraction = text:match "^(%-?)(%d+)(%.?%d*)$"
  if not whole then return text end
  whole = whole:reverse():gsub("%d%d%d", "%0_"):reverse():gsub("^_", "")
  return sign .. whole .. (fraction:gsub("%d%d%d", "%0_"):gsub("_$", ""))
end

function simple.number(cx, value)
  local text = value == value and tostring(value) or "nan"
  return paint(cx, "number", cx.separator and separated(text) or text)
end

function simple.thread(cx, value) return paint(cx, "special", "[Thread: " .. coroutine.status(value) .. "]") end

simple["function"] = function(cx, value)
  local info = debug.getinfo(value, "S")
  local place = info.short_src .. (info.what == "main" and "" or ":" .. info.linedefined)
  return paint(cx, "special", info.what == "C" and "[Function (builtin)]" or "[Function: " .. place .. "]")
end

function simple.string(cx, value)
  local count, more = utf8.len(value), ""
  if (count or #value) > cx.max_string then
    more = plural((count or #value) - cx.max_string, "character")
    value = value:sub(1, count and utf8.offset(value, cx.max_string + 1) - 1 or cx.max_string)
  end
  if #value <= 16 or #value <= cx.break_length - cx.indent - 4 then return paint(cx, "string", quote(value)) .. more end
  local lines = {}
  for line in value:gmatch("[^\n]*\n?") do
    if line ~= "" then lines[#lines + 1] = paint(cx, "string", quote(line)) end
  end
  return table.concat(lines, " +\n" .. (" "):rep(cx.indent + 2)) .. more
end

-- -- what a table or userdata is made of --------------------------------------

local show -- show(cx, value, level): the text of any value

local function metatable_of(value)
  local meta = debug.getmetatable(value)
  return type(meta) == "table" and meta or {}
end

local function class_of(meta)
  local name = rawget(meta, "__name")
  return type(name) == "string" and text_of.printable(name) or nil
end

local asked = setmetatable({}, { __mode = "k" }) -- set of values whose method runs: it may inspect its own value

local function ask(cx, value, method, level)
  if method == nil or asked[value] or not cx.custom then return nil end
  asked[value] = true
  local ok, answer = pcall(method, value, level and cx.depth - level, cx.options)
  asked[value] = nil
  return ok and answer or nil
end

local function own_text(cx, value, meta)
  local text = ask(cx, value, rawget(meta, "__tostring"))
  return type(text) == "string" and text or nil
end

local function address_of(value, meta)
  return ("%s: %p"):format(class_of(meta) or type(value), value)
end

-- User value 0 exists nowhere: this changes nothing, and raises only for light userdata
local function is_light(value) return type(value) == "userdata" and not pcall(debug.setuservalue, value, nil, 0) end

local rank = { number = 1, string = 2 }

--- The parts of a table, read raw: how many items its sequence has, and its other keys in order
--- (numbers, then strings, then the rest). Light userdata keys are hidden: listeners live there.
---@param value table
---@return integer length, any[] keys
function M.keys(value)
  local length, keys = 0, {}
  while rawget(value, length + 1) ~= nil do length = length + 1 end
  for key in next, value do
    local item = math.type(key) == "integer" and key >= 1 and key <= length
    if not item and not is_light(key) then keys[#keys + 1] = key end
  end
  table.sort(keys, function(a, b)
    local left, right = rank[type(a)] or 3, rank[type(b)] or 3
    if left ~= right then return left < right end
    if left == 3 then return ("%s%p"):format(type(a), a) < ("%s%p"):format(type(b), b) end
    return a < b
  end)
  return length, keys
end

local function key_label(cx, key)
  if type(key) == "string" then
    return key:find("^[A-Za-z_][A-Za-z0-9_]*$") and key or "[" .. paint(cx, "string", quote(key)) .. "]"
  end
  local as_simple, meta = simple[type(key)], metatable_of(key)
  local text = as_simple and as_simple(cx, key) or own_text(cx, key, meta) or class_of(meta)
  text = text or type(key) == "table" and "Table" or address_of(key, meta)
  return (type(key) == "function" or type(key) == "thread") and text or "[" .. text .. "]"
end

-- A shape is what show_parts lays out:
--   fields       list of { label or nil, value }, in order
--   open, close  what stands around them: "Server {" and "}"; "[" and "]" if items may share lines, in columns
--   more         how many items are left out, or 0
--   name         what is shown instead when they are too deep
--   base         text before all that (errors), or ""

local function table_shape(cx, value, meta)
  local class = class_of(meta)
  local length, keys = M.keys(value)
  local fields = {}
  for i = 1, math.min(length, cx.max_array) do fields[i] = { nil, rawget(value, i) } end
  for _, key in ipairs(keys) do fields[#fields + 1] = { key_label(cx, key), rawget(value, key) } end
  local prefix = class and class .. (length > 0 and "(" .. length .. ") " or " ") or ""
  return {
    fields = fields, open = prefix .. (length > 0 and "[" or "{"), close = length > 0 and "]" or "}",
    more = math.max(0, length - cx.max_array), name = class or "Table", base = "",
  }
end

-- The summary that a class gives of its objects: metatable.__inspect(value, depth, options) -> { { key, value }, ... },
-- or the whole text, which is the second result then
local function summary_shape(cx, value, meta, level)
  local summary = ask(cx, value, rawget(meta, "__inspect"), level)
  if type(summary) == "string" then return nil, summary end
  if type(summary) ~= "table" then return nil end
  local class = class_of(meta)
  local name = class or type(value) == "table" and "Table" or type(value)
  local open = (class or type(value) ~= "table") and name .. " {" or "{"
  local shape = { fields = {}, open = open, close = "}", more = 0, name = name, base = "" }
  for i = 1, rawlen(summary) do
    local pair = rawget(summary, i)
    if type(pair) ~= "table" then return nil end
    shape.fields[i] = { key_label(cx, rawget(pair, 1)), rawget(pair, 2) }
  end
  return shape
end

-- -- errors -------------------------------------------------------------------

-- A field of an error, its class's included, if it is text
local function error_text(err, key)
  local ok, value = pcall(function() return err[key] end)
  return ok and (type(value) == "string" or type(value) == "number") and tostring(value) or nil
end

--- The lines of a traceback as Node lays them out: four spaces, and `at` before a call. What runs an entry of the prompt
--- is left out.
---@param traceback string as debug.traceback makes it
---@return string lines each one begins with a newline; "" if there are none
function M.frames(traceback)
  local lines = {}
  for line in (traceback:match("stack traceback:\n?(.*)") or traceback):gmatch("[^\n]+") do
    line = line:match("^%s*(.*)")
    if line:find "^lua/repl%.lua:" and #lines > 0 then
      lines[#lines] = lines[#lines]:gsub("(stdin:%d+: in ).*$", "%1main chunk")
      break
    end
    lines[#lines + 1] = "\n    " .. (line:find(": in ", 1, true) and "at " or "") .. line
  end
  return table.concat(lines)
end

-- `Name [code]: message` with the lines of `where` and the traceback; in brackets if there are none
local function error_head(err)
  local code, message = error_text(err, "code"), error_text(err, "message")
  local head = (error_text(err, "name") or "Error") .. (code and " [" .. code .. "]" or "")
  if message and message ~= "" then head = head .. ": " .. message end
  local lines = M.frames(error_text(err, "traceback") or error_text(err, "stack") or "")
  local where = error_text(err, "where")
  if where and not lines:find(where, 1, true) then lines = "\n    at " .. where .. lines end
  return text_of.printable(lines == "" and "[" .. head .. "]" or head .. lines)
end

local function error_shape(cx, err)
  local shape = table_shape(cx, err, {})
  local shown = { name = true, code = true, message = true, traceback = true, stack = true, where = true }
  local fields, last = {}, {}
  for _, field in ipairs(shape.fields) do
    local key = field[1]
    if key == "cause" or key == "errors" then
      last[#last + 1] = { "[" .. key .. "]", field[2] }
    elseif not (shown[key] and error_text(err, key)) then
      fields[#fields + 1] = field
    end
  end
  shape.fields = table.move(last, 1, #last, #fields + 1, fields)
  shape.base = error_head(err):gsub("\n", "\n" .. (" "):rep(cx.indent))
  shape.name = text_of.printable(error_text(err, "name") or "Error")
  return shape
end

-- -- layout: one line, columns, or one entry a line -----------------------------

-- More than six items of a sequence in columns, about as wide as high, if their widths are alike.
-- The numbers are Node's: the same items make the same columns there.
local function in_columns(cx, entries, shape)
  local count = #entries - (shape.more > 0 and 1 or 0)
  local widths, total, widest = {}, 0, 0
  for i = 1, count do
    widths[i] = text_of.width(entries[i])
    total, widest = total + widths[i] + 2, math.max(widest, widths[i])
  end
  local cell = widest + 2
  if cell * 3 + cx.indent >= cx.break_length or not (total / cell > 5 or widest <= 6) then return entries end
  local biased = math.max(cell - 3 - math.sqrt(cell - total / #entries), 1)
  local columns = math.min(
    math.floor(math.sqrt(2.5 * biased * count) / biased + 0.5),
    (cx.break_length - cx.indent) // cell, cx.compact * 4, 15)
  if columns <= 1 then return entries end
  local numbers = true
  for _, field in ipairs(shape.fields) do numbers = numbers and type(field[2]) == "number" and field[1] == nil end
  local rooms = {}
  for i = 1, count do rooms[i % columns] = math.max(rooms[i % columns] or 0, widths[i]) end
  local lines = {}
  for first = 1, count, columns do
    local last = math.min(first + columns - 1, count)
    local line = {}
    for i = first, last do
      local gap = (" "):rep(rooms[i % columns] - widths[i])
      local comma = i < last and ", " or ""
      line[#line + 1] = numbers and gap .. entries[i] .. comma or entries[i] .. comma .. (i < last and gap or "")
    end
    lines[#lines + 1] = table.concat(line)
  end
  if shape.more > 0 then lines[#lines + 1] = entries[#entries] end
  return lines
end

local function lay_out(cx, entries, shape, base, level)
  local open = (base == "" and "" or base .. " ") .. shape.open
  if cx.compact >= 1 then
    local count = #entries
    if shape.close == "]" and count > 6 then entries = in_columns(cx, entries, shape) end
    if cx.deepest - level < cx.compact and #entries == count then
      local width = 10 + cx.indent + #shape.open + text_of.width(base) + 2 * count
      for _, entry in ipairs(entries) do width = width + text_of.width(entry) end
      local line = open .. " " .. table.concat(entries, ", ") .. " " .. shape.close
      if width <= cx.break_length and not line:find("\n", 1, true) then return line end
    end
  end
  local margin = "\n" .. (" "):rep(cx.indent)
  return open .. margin .. "  " .. table.concat(entries, "," .. margin .. "  ") .. margin .. shape.close
end

local function show_parts(cx, value, level, shape)
  if #shape.fields == 0 and shape.more == 0 then return shape.base ~= "" and shape.base or shape.open .. shape.close end
  if level > cx.depth then return paint(cx, "special", "[" .. shape.name .. "]") end
  cx.parents[value] = true
  cx.deepest = level
  cx.indent = cx.indent + 2
  local entries = {}
  for i, field in ipairs(shape.fields) do
    entries[i] = (field[1] and field[1] .. ": " or "") .. show(cx, field[2], level + 1)
  end
  if shape.more > 0 then
    table.insert(entries, math.min(cx.max_array, #entries) + 1, plural(shape.more, "item"))
  end
  cx.indent = cx.indent - 2
  cx.parents[value] = nil
  local base = shape.base
  if cx.references[value] then
    base = paint(cx, "special", "<ref *" .. cx.references[value] .. ">") .. (base == "" and "" or " " .. base)
  end
  return lay_out(cx, entries, shape, base, level)
end

-- A value inside itself; show_parts puts its <ref *n> in front when it comes out
local function circular(cx, value)
  if not cx.references[value] then
    table.insert(cx.references, value)
    cx.references[value] = #cx.references
  end
  return paint(cx, "special", "[Circular *" .. cx.references[value] .. "]")
end

function show(cx, value, level)
  local as_simple = simple[type(value)]
  if as_simple then return as_simple(cx, value) end
  if cx.parents[value] then return circular(cx, value) end
  local meta = metatable_of(value)
  if type(value) == "table" and class_of(meta) == "Error" then
    return show_parts(cx, value, level, error_shape(cx, value))
  end
  local shape, text = summary_shape(cx, value, meta, level)
  text = text or not shape and (own_text(cx, value, meta) or type(value) == "userdata" and address_of(value, meta))
  if text then return (text:gsub("\n", "\n" .. (" "):rep(cx.indent))) end
  return show_parts(cx, value, level, shape or table_shape(cx, value, meta))
end

--- Shows a value as text. Strings are quoted; console and format show theirs bare.
---@param value any
---@param options? moonport.InspectOptions
---@return string
function M.inspect(value, options)
  options = type(options) == "table" and options or {}
  local function option(name)
    if options[name] ~= nil then return options[name] end
    return M.defaultOptions[name]
  end
  local compact = option "compact"
  local cx = {
    options = options,
    depth = tonumber(option "depth") or 2,
    colors = option "colors",
    custom = option "customInspect" ~= false,
    separator = option "numericSeparator",
    break_length = (tonumber(option "breakLength") or 72) + 8, -- Node's 80 give lines of 72 columns
    max_array = tonumber(option "maxArrayLength") or 100,
    max_string = tonumber(option "maxStringLength") or 10000,
    compact = compact == nil and 3 or tonumber(compact) or 0,
    indent = 0,          -- columns before the entries of what is shown now
    deepest = 0,         -- level of the table shown last: tells how many levels are inside another
    parents = {},        -- set of the tables that are being shown
    references = {},     -- the n-th table that contains itself, and table -> n
  }
  local ok, text = pcall(show, cx, value, 0)
  if ok then return text end
  return ("[%s that cannot be shown: %s]"):format(type(value), type(text) == "string" and text or type(text))
end

return setmetatable(M, { __call = function(_, value, options) return M.inspect(value, options) end })
