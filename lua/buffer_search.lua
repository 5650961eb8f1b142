-- buffer_search.lua - where a string holds a text or a byte: for indexOf, lastIndexOf and includes of buffer.lua.
-- The module is the function index_of(bytes, value, offset, encoding, forward) -> position from 0, or -1.

local core = require "moonport.core"
local arguments = require "moonport.buffer_arguments"
local native = core.buffer

-- The first position (from 1) of `value` at or after `from`, or the last one at or before it
local function search(bytes, value, from, forward)
  if forward then return bytes:find(value, from, true) end
  local rest = bytes:sub(1, from + #value - 1)
  local at = rest:reverse():find(value:reverse(), 1, true)
  return at and #rest - at - #value + 2
end

-- The same in units of two bytes: a match at an odd byte is none
local function search_units(bytes, value, from, forward)
  local at = from - (from - 1) % 2
  while at do
    at = search(bytes, value, at, forward)
    if not at or at % 2 == 1 then return at end
    at = forward and at + 1 or at > 1 and at - 1 or nil
  end
end

-- Where to begin, or nil if nothing can be found from there
local function search_start(offset, length, needed, forward)
  if type(offset) ~= "number" or offset ~= offset then return forward and 0 or length end
  offset = arguments.to_integer(offset, 0x7FFFFFFF)
  if offset < 0 then
    if offset + length >= 0 then return length + offset end
    return (forward or needed == 0) and 0 or nil
  end
  if offset + needed <= length then return offset end
  if needed == 0 then return length end
  return not forward and length - 1 or nil
end

return function(bytes, value, offset, encoding, forward)
  arguments.check_bytes("buffer", bytes)
  if type(offset) == "string" then offset, encoding = nil, offset end
  local find = search
  if type(value) == "number" then
    value = string.char(arguments.to_byte(value))
  elseif type(value) == "string" then
    encoding = encoding == nil and "utf8" or tostring(encoding)
    value = native.encode(value, encoding)
    if native.find(encoding) == "utf16le" and value ~= "" then find = search_units end
  else
    core.errors.raise_type("value", "one of type number or string", value)
  end
  local start = search_start(offset, #bytes, #value, forward)
  if not start or value == "" then return start or -1 end
  if #value > #bytes or forward and start + #value > #bytes then return -1 end
  return (find(bytes, value, math.min(start, #bytes - #value) + 1, forward) or 0) - 1
end
