-- buffer_arguments.lua - what the functions of buffer.lua, buffer_numbers.lua and buffer_search.lua are given: strings,
-- positions, bytes. It raises where Node throws, and is lenient where Node is.

local core = require "moonport.core"
local raise_type, raise_range = core.errors.raise_type, core.errors.raise_range

local M = { MAX_LENGTH = 4294967296 }

function M.check_bytes(name, value)
  if type(value) ~= "string" then raise_type(name, "of type string", value) end
end

-- An integer from `low` to `high`; `default` if there is none
function M.check_offset(name, value, default, low, high)
  if value == nil and default then return default end
  if type(value) ~= "number" then raise_type(name, "of type number", value) end
  local integer = math.tointeger(value)
  if not integer and value - value == 0 then raise_range(name, "an integer", value) end
  if not integer or integer < low or integer > high then
    raise_range(name, value ~= value and "an integer" or (">= %d && <= %d"):format(low, high), value)
  end
  return integer
end

-- Towards 0 and between -limit and limit; 0 for what is no number: where Node is lenient
function M.to_integer(value, limit)
  value = tonumber(value) or 0
  if value ~= value then return 0 end
  value = math.max(-limit, math.min(value, limit))
  return math.tointeger(value >= 0 and value // 1 or -(-value // 1))
end

-- A position as slice() takes it: negative ones count from the end
function M.to_position(value, length)
  local position = M.to_integer(value, M.MAX_LENGTH)
  if position < 0 then return math.max(0, length + position) end
  return math.min(position, length)
end

function M.to_byte(value)
  value = tonumber(value) or 0
  if value - value ~= 0 then return 0 end -- nan, infinity
  return math.tointeger((value >= 0 and value // 1 or -(-value // 1)) % 256)
end

return M
