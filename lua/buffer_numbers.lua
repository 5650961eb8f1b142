-- buffer_numbers.lua - readUInt16BE, writeDoubleLE and their like, for buffer.lua:
-- https://nodejs.org/api/buffer.html#bufreadint8offset. One table of kinds, a reader and a writer for each.
-- It never changes a string: a writer returns the changed copy, and, as in Node, the offset behind what was written.

local core = require "moonport.core"
local check_bytes = require "moonport.buffer_arguments".check_bytes
local errors = core.errors
local raise_type, raise_range = errors.raise_type, errors.raise_range

local M = {}

-- The part of a name, of string.pack's format, how many bytes
local kinds = {
  { "Int8", "i1", 1 }, { "UInt8", "I1", 1 },
  { "Int16", "i2", 2 }, { "UInt16", "I2", 2 },
  { "Int32", "i4", 4 }, { "UInt32", "I4", 4 },
  { "BigInt64", "j", 8 }, { "BigUInt64", "j", 8 }, -- Lua's integers: from 2^63 on they are negative
  { "Float", "f", 4 }, { "Double", "d", 8 },
}
local orders = { LE = "<", BE = ">" }

-- -- arguments ----------------------------------------------------------------

-- The position (from 1) of `size` bytes at an offset (from 0) that are all there
local function check_position(bytes, offset, size)
  if type(offset) ~= "number" then raise_type("offset", "of type number", offset) end
  local at, room = math.tointeger(offset), #bytes - size
  if at and at >= 0 and at <= room then return at + 1 end
  if not at and (offset ~= offset or offset % 1 > 0) then raise_range("offset", "an integer", offset) end
  if room < 0 then
    local text = "Attempt to access memory outside buffer bounds"
    error(errors.make("RangeError", "ERR_BUFFER_OUT_OF_BOUNDS", text), 0)
  end
  raise_range("offset", ">= 0 and <= " .. room, offset)
end

local function check_size(size)
  if type(size) ~= "number" then raise_type("byteLength", "of type number", size) end
  local integer = math.tointeger(size)
  if integer and integer >= 1 and integer <= 6 then return integer end
  local whole = integer or size % 1 == 0 or size - size ~= 0 and size == size
  raise_range("byteLength", whole and ">= 1 and <= 6" or "an integer", size)
end

-- The range of an integer: of up to 4 bytes in figures, of more as powers
local function range_of(signed, size)
  local bits = size * 8
  if size <= 4 then
    local low, high = signed and -(1 << bits - 1) or 0, (1 << (signed and bits - 1 or bits)) - 1
    return (">= %d and <= %d"):format(low, high)
  end
  if not signed then return (">= 0 and < 2 ** %d"):format(bits) end
  return (">= -(2 ** %d) and < 2 ** %d"):format(bits - 1, bits - 1)
end

-- A number as an integer of that size; what follows the point is dropped
local function check_integer(value, signed, size)
  if type(value) ~= "number" then raise_type("value", "of type number", value) end
  if size == 8 then return math.tointeger(value) or raise_range("value", range_of(true, size), value) end
  local low, high = signed and -(1 << size * 8 - 1) or 0, (1 << (signed and size * 8 - 1 or size * 8)) - 1
  if not (value >= low and value <= high) then raise_range("value", range_of(signed, size), value) end
  return math.tointeger(value >= 0 and value // 1 or -(-value // 1))
end

local function put(bytes, at, new) return bytes:sub(1, at - 1) .. new .. bytes:sub(at + #new), at - 1 + #new end

-- -- one function for each kind and order --------------------------------------

local function define(name, format, size)
  local letter = format:sub(-2, -2) .. format:sub(-1)
  local is_integer, signed = not letter:find "[fd]", not letter:find "I"

  M["read" .. name] = function(bytes, offset)
    check_bytes("buffer", bytes)
    local at = check_position(bytes, offset == nil and 0 or offset, size)
    return (string.unpack(format, bytes, at))
  end

  M["write" .. name] = function(bytes, value, offset)
    check_bytes("buffer", bytes)
    if is_integer then
      value = check_integer(value, signed, size)
    elseif type(value) ~= "number" then
      raise_type("value", "of type number", value)
    end
    local at = check_position(bytes, offset == nil and 0 or offset, size)
    return put(bytes, at, string.pack(format, value))
  end
end

for _, kind in ipairs(kinds) do
  local name, format, size = table.unpack(kind)
  if size == 1 then define(name, format, size) end
  for suffix, order in pairs(size > 1 and orders or {}) do define(name .. suffix, order .. format, size) end
end

-- readIntBE(bytes, offset, byteLength) and so on: of 1 to 6 bytes
local function define_sized(name, letter, order)
  M["read" .. name] = function(bytes, offset, size)
    check_bytes("buffer", bytes)
    if offset == nil then raise_type("offset", "of type number", offset) end
    size = check_size(size)
    return (string.unpack(order .. letter .. size, bytes, check_position(bytes, offset, size)))
  end

  M["write" .. name] = function(bytes, value, offset, size)
    check_bytes("buffer", bytes)
    size = check_size(size)
    value = check_integer(value, letter == "i", size)
    local at = check_position(bytes, offset, size)
    return put(bytes, at, string.pack(order .. letter .. size, value))
  end
end

for suffix, order in pairs(orders) do
  define_sized("Int" .. suffix, "i", order)
  define_sized("UInt" .. suffix, "I", order)
end

-- Node's other spelling: readUint8 is readUInt8
local also = {}
for name, f in pairs(M) do
  if name:find "UInt" then also[name:gsub("UInt", "Uint")] = f end
end
for name, f in pairs(also) do M[name] = f end

return M
