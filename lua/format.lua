-- format.lua - util.format: printf-like text from any values, as Node's console.log makes it.
-- It never prints, never raises for a value, and passes the bytes of strings on as they are: it is the script's output.

local inspect = require "moonport.inspect"

local M = {}

-- An integral float is shown as an integer, as JavaScript does; what is no number is NaN
local function number_text(number)
  if not number or number ~= number then return "NaN" end
  return tostring(math.tointeger(number) or number)
end

-- What JSON leaves out
local no_json = { ["function"] = true, thread = true, userdata = true }

-- A plain copy of a table for cjson, with JSON.stringify's rules: functions are left out (null in a sequence),
-- NaN and infinity are null, a sequence without further keys is an array. Raises "cyclic" on a cycle.
local function plain(value, null, parents)
  if value == nil or value == null or no_json[type(value)] then return null end
  if type(value) == "number" and (value ~= value or value == math.huge or value == -math.huge) then return null end
  if type(value) ~= "table" then return value end
  if parents[value] then error("cyclic", 0) end
  parents[value] = true
  local length, keys = inspect.keys(value)
  local copy = {}
  for i = 1, length do copy[#keys == 0 and i or tostring(i)] = plain(rawget(value, i), null, parents) end
  for _, key in ipairs(keys) do
    local item = rawget(value, key)
    local is_name = type(key) == "string" or type(key) == "number"
    if is_name and (item == null or not no_json[type(item)]) then copy[tostring(key)] = plain(item, null, parents) end
  end
  parents[value] = nil
  return copy
end

local function json(value)
  local found, cjson = pcall(require, "cjson")
  if not found then return "[cjson missing: install lua-cjson]" end
  local ok, text = pcall(function() return cjson.encode(plain(value, cjson.null, {})) end)
  if ok then return (text:gsub("\\(.)", { ["/"] = "/" })) end -- cjson escapes slashes, Node does not
  if text == "cyclic" then return "[Circular]" end
  return "[cjson: " .. tostring(text) .. "]"
end

local conversions = {}

function conversions.s(value)
  return type(value) == "string" and value or inspect(value, { depth = 0 })
end

function conversions.d(value)
  if type(value) == "boolean" then return value and "1" or "0" end
  if type(value) == "string" then value = value:find "%S" and tonumber(value) or not value:find "%S" and 0 end
  return number_text(type(value) == "number" and value)
end

function conversions.i(value)
  if type(value) == "number" then return number_text(value < 0 and math.ceil(value) or math.floor(value)) end
  if type(value) ~= "string" then return "NaN" end
  return number_text(tonumber(value:match("^%s*([+-]?0[xX]%x+)") or value:match("^%s*([+-]?%d+)")))
end

function conversions.f(value)
  if type(value) == "number" then return number_text(value) end
  if type(value) ~= "string" then return "NaN" end
  return number_text(tonumber(value:match("^%s*([+-]?%d*%.?%d*[eE][+-]?%d+)") or value:match("^%s*([+-]?%d*%.?%d*)")))
end

conversions.j = json

function conversions.o(value, options) return inspect(value, setmetatable({ depth = 4 }, { __index = options })) end

function conversions.O(value, options) return inspect(value, options) end

function conversions.c() return "" end -- CSS, for browsers

--- format() with options for the values that are inspected. ERR_INVALID_ARG_TYPE.
---@param options moonport.InspectOptions
---@param first any a format with %s %d %i %f %j %o %O %c %%, or any value
---@param ... any
---@return string
function M.formatWithOptions(options, first, ...)
  if type(options) ~= "table" then
    require "moonport.core".errors.raise_type("inspectOptions", "of type table", options)
  end
  local count = select("#", ...)
  if count == 0 and type(first) == "string" then return first end
  local values, used = { ... }, 0
  local parts = {}
  if type(first) == "string" then
    parts[1] = first:gsub("%%([sdifjoOc%%])", function(letter)
      if letter == "%" then return "%" end
      if used == count then return nil end -- no value: the placeholder stays
      used = used + 1
      return conversions[letter](values[used], options)
    end)
  else
    parts[1] = inspect(first, options)
  end
  for i = used + 1, count do
    parts[#parts + 1] = type(values[i]) == "string" and values[i] or inspect(values[i], options)
  end
  return table.concat(parts, " ")
end

--- The values as one line of text: `format("%s is %d", "x", 1)` is "x is 1"; values without a placeholder
--- are appended after a space, strings bare and others inspected.
---@param ... any
---@return string
function M.format(...)
  if select("#", ...) == 0 then return "" end
  return M.formatWithOptions({}, ...)
end

return M
