-- util.lua - the module `util`: Node's helpers that mean something in Lua. https://nodejs.org/api/util.html
-- inspect and format are files of their own; what they are not is here. It never keeps anything between two calls.

local inspect = require "moonport.inspect"
local format = require "moonport.format"
local text_of = require "moonport.inspect_text"

local M = {
  inspect = inspect, -- it is called; inspect.defaultOptions, .colors and .custom are Node's
  format = format.format,
  formatWithOptions = format.formatWithOptions,
}

local function errors() return require "moonport.core".errors end

-- -- text ---------------------------------------------------------------------

local function check_text(name, value)
  if type(value) ~= "string" then errors().raise_type(name, "of type string", value) end
end

--- A text without its ANSI escape sequences. ERR_INVALID_ARG_TYPE.
--- https://nodejs.org/api/util.html#utilstripvtcontrolcharactersstr
---@param text string
---@return string
function M.stripVTControlCharacters(text)
  check_text("str", text)
  return text_of.strip(text)
end

-- Whether styleText() colours: where standard output does, as console has it, or where a stream is a terminal
local function wants_color(options)
  local validate = options.validateStream
  if validate ~= nil and type(validate) ~= "boolean" then
    errors().raise_type("options.validateStream", "of type boolean", validate)
  end
  if validate == false then return true end
  if options.stream == nil then return require "moonport.console"._colors end
  if type(options.stream) ~= "userdata" then errors().raise_type("stream", "a stream", options.stream) end
  return options.stream.isTTY
end

--- A text in a colour or style, or in several: `styleText("red", "no")`, `styleText({ "bold", "underline" }, "yes")`;
--- the bare text where standard output, or `options.stream`, shows no colours, unless `options.validateStream` is
--- false. ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE.
--- https://nodejs.org/api/util.html#utilstyletextformat-text-options
---@param styles string|string[] names of `inspect.colors`
---@param text string
---@param options { validateStream: boolean?, stream: userdata? }?
---@return string
function M.styleText(styles, text, options)
  check_text("text", text)
  local plain = not wants_color(type(options) == "table" and options or {})
  styles = type(styles) == "table" and styles or { styles or false }
  local styled = text
  for i = #styles, 1, -1 do
    if not text_of.colors[styles[i]] then
      local names = {}
      for n, name in ipairs(text_of.color_names) do names[n] = "'" .. name .. "'" end
      errors().raise_value("format", "must be one of: " .. table.concat(names, ", "), styles[i])
    end
    styled = text_of.paint(styles[i], styled)
  end
  return plain and text or styled
end

--- A function that prints on standard error, `NET 1234: text`, if the environment variable NODE_DEBUG names the section;
--- `enabled` of it says whether. Names are separated by commas, `*` stands for anything.
--- https://nodejs.org/api/util.html#utildebuglogsection-callback
---@param section string
---@return { enabled: boolean } log called as format() is
function M.debuglog(section)
  check_text("section", section)
  local name, enabled = section:upper(), false
  for wanted in (os.getenv "NODE_DEBUG" or ""):upper():gmatch "[^,]+" do
    local pattern = wanted:match "^%s*(.-)%s*$":gsub("%p", "%%%0"):gsub("%%%*", ".*")
    enabled = enabled or name:find("^" .. pattern .. "$") ~= nil
  end
  return setmetatable({ enabled = enabled }, {
    __call = function(_, ...)
      if not enabled then return end
      io.stderr:write(("%s %d: %s\n"):format(name, require "moonport.process".pid, format.format(...)))
    end,
  })
end
M.debug = M.debuglog

-- -- system errors ------------------------------------------------------------

--- The name of a system error by its number, as `err.errno` has it: -111 is "ECONNREFUSED". ERR_INVALID_ARG_TYPE,
--- ERR_OUT_OF_RANGE. https://nodejs.org/api/util.html#utilgetsystemerrornameerr
---@param err integer
---@return string
function M.getSystemErrorName(err)
  if type(err) ~= "number" then errors().raise_type("err", "of type number", err) end
  local errno = math.tointeger(err)
  if not errno or errno >= 0 or errno < -2147483648 then errors().raise_range("err", "a negative integer", err) end
  return require "moonport.core".errno_name(errno)
end

-- -- comparing ----------------------------------------------------------------

local hidden = { stack = true, traceback = true, where = true } -- of errors: where they come from

local deep_equal

-- Raw fields and metatables are the same; `open` holds the pairs that are being compared
local function tables_equal(a, b, open)
  if open[a] == b then return true end
  local meta = debug.getmetatable(a)
  if meta ~= debug.getmetatable(b) or rawlen(a) ~= rawlen(b) then return false end
  local is_error = type(meta) == "table" and rawget(meta, "__name") == "Error"
  local outer = open[a]
  open[a] = b
  local equal = true
  for key, value in next, a do
    local other = rawget(b, key)
    if not (is_error and hidden[key]) then equal = other ~= nil and deep_equal(value, other, open) end
    if not equal then break end
  end
  for key in next, equal and b or {} do
    equal = rawget(a, key) ~= nil or is_error and hidden[key] or false
    if not equal then break end
  end
  open[a] = outer
  return equal
end

function deep_equal(a, b, open)
  if type(a) == "number" and type(b) == "number" then
    if a == 0 and b == 0 then return 1 / a == 1 / b end
    return a == b or a ~= a and b ~= b
  end
  if rawequal(a, b) then return true end
  return type(a) == "table" and type(b) == "table" and tables_equal(a, b, open)
end

--- Whether two values are the same, tables by their fields and metatables: nan equals nan, 0 is not -0. Keys that are
--- tables are the same table or none. Errors are the same wherever they come from.
--- https://nodejs.org/api/util.html#utilisdeepstrictequalval1-val2
---@param a any
---@param b any
---@return boolean
function M.isDeepStrictEqual(a, b) return deep_equal(a, b, {}) end

-- -- classes ------------------------------------------------------------------

local function check_class(name, value)
  if type(value) ~= "table" then errors().raise_type(name, "of type table", value) end
end

--- Lets one class inherit from another. A class is a table that is the metatable of its objects:
---
---     local Door = {}
---     util.inherits(Door, EventEmitter)
---     local door = setmetatable({}, Door)
---     door:on("open", print)
---
--- What `constructor` does not define is looked up in `super`, later additions included; `super`'s metamethods
--- (`__tostring`, `__close`, ...) are copied, for Lua does not look those up; `constructor.super_` is `super`.
--- Another metatable of `constructor` stays as it is in all but `__index`, and is not changed for other tables.
--- ERR_INVALID_ARG_TYPE. https://nodejs.org/api/util.html#utilinheritsconstructor-superconstructor
---@param constructor table
---@param super table
function M.inherits(constructor, super)
  check_class("ctor", constructor)
  check_class("superCtor", super)
  for key, value in next, super do
    local metamethod = type(key) == "string" and key:find("^__") and key ~= "__index"
    if metamethod and rawget(constructor, key) == nil then rawset(constructor, key, value) end
  end
  if rawget(constructor, "__index") == nil then rawset(constructor, "__index", constructor) end
  rawset(constructor, "super_", super)
  local meta = {}
  for key, value in next, debug.getmetatable(constructor) or {} do meta[key] = value end
  meta.__index = super
  debug.setmetatable(constructor, meta)
end

return M
