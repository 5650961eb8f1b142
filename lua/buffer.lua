-- buffer.lua - the module buffer: https://nodejs.org/api/buffer.html. A Lua string is the buffer: what is a method of a
-- Buffer in Node is a function here whose first argument is the string. Positions are Node's: from 0, the end excluded.
-- It never changes a string, for none can be: what changes a Buffer in Node returns the changed copy here.
-- Encodings are bindings/encoding.c's, numbers buffer_numbers.lua's, indexOf buffer_search.lua's.

local core = require "moonport.core"
local arguments = require "moonport.buffer_arguments"
local numbers = require "moonport.buffer_numbers"
local index_of = require "moonport.buffer_search"
local errors, native = core.errors, core.buffer
local raise_type, raise_range = errors.raise_type, errors.raise_range
local check_bytes, check_offset, to_byte = arguments.check_bytes, arguments.check_offset, arguments.to_byte
local to_integer, to_position = arguments.to_integer, arguments.to_position
local MAX_LENGTH = arguments.MAX_LENGTH

local Buffer = {}

-- -- making -------------------------------------------------------------------

-- Of a list of numbers
local function pack_bytes(list)
  local parts, step = {}, 100
  for first = 1, #list, step do
    local bytes = {}
    for i = first, math.min(first + step - 1, #list) do bytes[#bytes + 1] = to_byte(list[i]) end
    parts[#parts + 1] = string.char(table.unpack(bytes))
  end
  return table.concat(parts)
end

--- Buffer.from(text[, encoding = "utf8"]) -> the bytes that the text means; Buffer.from(list) -> those bytes, modulo 256.
--- What toJSON() gives is taken as well. ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING.
--- https://nodejs.org/api/buffer.html#static-method-bufferfromstring-encoding
--- @param value string|number[]|{ type: "Buffer", data: number[] }
--- @param encoding string? an empty one is utf8
--- @return string
function Buffer.from(value, encoding)
  if type(value) == "string" then
    if type(encoding) ~= "string" or encoding == "" then return value end
    return native.encode(value, encoding)
  end
  local list = value
  if type(value) == "table" and value.type == "Buffer" then list = value.data end
  if type(list) ~= "table" or #list == 0 and next(list) ~= nil then
    raise_type("first argument", "of type string or table", value)
  end
  return pack_bytes(list)
end

--- Buffer.of(65, 66) -> "AB". https://nodejs.org/api/buffer.html#static-method-bufferofitems
--- @param ... number
--- @return string
function Buffer.of(...) return pack_bytes { ... } end

local function check_size(value)
  if type(value) ~= "number" then raise_type("size", "of type number", value) end
  if not (value >= 0 and value <= MAX_LENGTH) then raise_range("size", ">= 0 && <= " .. MAX_LENGTH, value) end
  return math.tointeger(value // 1)
end

--- Buffer.alloc(size[, fill = 0[, encoding]]) -> so many bytes. ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
--- ERR_OUT_OF_RANGE. https://nodejs.org/api/buffer.html#static-method-bufferallocsize-fill-encoding
--- @param size number bytes
--- @param fill string|number? repeated as often as it takes
--- @param encoding string? of `fill`
--- @return string
function Buffer.alloc(size, fill, encoding)
  size = check_size(size)
  local zeros = ("\0"):rep(size)
  if size == 0 or fill == nil or fill == 0 then return zeros end
  return Buffer.fill(zeros, fill, 0, size, encoding)
end

--- As alloc(size): a string is never uninitialized.
--- https://nodejs.org/api/buffer.html#static-method-bufferallocunsafesize
--- @param size number bytes
--- @return string
function Buffer.allocUnsafe(size) return Buffer.alloc(size) end
Buffer.allocUnsafeSlow = Buffer.allocUnsafe

--- Buffer.concat(list[, totalLength]) -> all of them, cut or filled with zeros to that length. ERR_INVALID_ARG_TYPE,
--- ERR_OUT_OF_RANGE. https://nodejs.org/api/buffer.html#static-method-bufferconcatlist-totallength
--- @param list string[]
--- @param total integer? bytes
--- @return string
function Buffer.concat(list, total)
  if type(list) ~= "table" then raise_type("list", "of type table", list) end
  local length = total and check_offset("length", total, nil, 0, MAX_LENGTH)
  for i = 1, #list do check_bytes(("list[%d]"):format(i), list[i]) end
  local bytes = table.concat(list)
  if not length or #list == 0 then return bytes end
  return bytes:sub(1, length) .. ("\0"):rep(length - #bytes)
end

-- -- asking -------------------------------------------------------------------

--- Whether a value is bytes, as data of sockets is: a string. https://nodejs.org/api/buffer.html#static-method-bufferisbufferobj
--- @return boolean
function Buffer.isBuffer(value) return type(value) == "string" end

--- Whether a name is that of an encoding. https://nodejs.org/api/buffer.html#static-method-bufferisencodingencoding
--- @return boolean
function Buffer.isEncoding(name) return type(name) == "string" and native.find(name) ~= nil end

-- What Node calls string.length: UTF-16 units
local function units(text) return text:find "[\x80-\xFF]" and #native.encode(text, "latin1") or #text end

--- How many bytes a text has in an encoding; of hex and base64, by the number of its digits, whatever they are.
--- An unknown encoding is utf8. https://nodejs.org/api/buffer.html#static-method-bufferbytelengthstring-encoding
--- @param text string
--- @param encoding string?
--- @return integer
function Buffer.byteLength(text, encoding)
  check_bytes("string", text)
  local name = type(encoding) == "string" and native.find(encoding)
  if name == "utf16le" then return units(text) * 2 end
  if name == "latin1" or name == "ascii" then return units(text) end
  if name == "hex" then return units(text) // 2 end
  if name == "base64" or name == "base64url" then
    local digits = units(text)
    if text:sub(-1) == "=" then digits = digits - (digits > 2 and text:sub(-2) == "==" and 2 or 1) end
    return digits * 3 // 4
  end
  return #text
end

--- Orders two strings by the values of their bytes: -1, 0 or 1. The rest are parts to compare, of the second string
--- first, as in Node's source.compare(target, ...). ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- https://nodejs.org/api/buffer.html#static-method-buffercomparebuf1-buf2
--- @param source string
--- @param target string
--- @param target_start integer?
--- @param target_end integer?
--- @param source_start integer?
--- @param source_end integer?
--- @return -1|0|1
function Buffer.compare(source, target, target_start, target_end, source_start, source_end)
  check_bytes("buf1", source)
  check_bytes("buf2", target)
  target_start = check_offset("targetStart", target_start, 0, 0, MAX_LENGTH)
  target_end = check_offset("targetEnd", target_end, #target, 0, #target)
  source_start = check_offset("sourceStart", source_start, 0, 0, MAX_LENGTH)
  source_end = check_offset("sourceEnd", source_end, #source, 0, #source)
  return native.compare(source:sub(source_start + 1, source_end), target:sub(target_start + 1, target_end))
end

--- Whether two strings are the same bytes. https://nodejs.org/api/buffer.html#bufequalsotherbuffer
--- @return boolean
function Buffer.equals(bytes, other)
  check_bytes("buffer", bytes)
  check_bytes("otherBuffer", other)
  return bytes == other
end

-- -- text ---------------------------------------------------------------------

--- The bytes as text, also as ("x"):toString("hex"). Text is UTF-8; bytes that are not are left as they are by utf8.
--- ERR_UNKNOWN_ENCODING. https://nodejs.org/api/buffer.html#buftostringencoding-start-end
--- @param bytes string
--- @param encoding string? "utf8"
--- @param first integer? 0
--- @param last integer? its length; excluded
--- @return string
function Buffer.toString(bytes, encoding, first, last)
  check_bytes("buffer", bytes)
  if first ~= nil or last ~= nil then
    first = math.max(0, to_integer(first, MAX_LENGTH))
    last = last == nil and #bytes or math.max(0, to_integer(last, MAX_LENGTH))
    if first >= #bytes or last <= first then return "" end
    bytes = bytes:sub(first + 1, last)
  end
  return native.decode(bytes, encoding == nil and "utf8" or tostring(encoding))
end

--- The bytes as { type = "Buffer", data = { 97, ... } }. https://nodejs.org/api/buffer.html#buftojson
--- @param bytes string
--- @return { type: "Buffer", data: integer[] }
function Buffer.toJSON(bytes)
  check_bytes("buffer", bytes)
  local data = {}
  for i = 1, #bytes do data[i] = bytes:byte(i) end
  return { type = "Buffer", data = data }
end

-- -- parts --------------------------------------------------------------------

--- A part; negative positions count from the end. https://nodejs.org/api/buffer.html#bufsubarraystart-end
--- @param bytes string
--- @param first integer? 0
--- @param last integer? its length; excluded
--- @return string
function Buffer.subarray(bytes, first, last)
  check_bytes("buffer", bytes)
  first = to_position(first, #bytes)
  last = last == nil and #bytes or to_position(last, #bytes)
  return bytes:sub(first + 1, last)
end
Buffer.slice = Buffer.subarray

--- Where the bytes hold a text or a byte for the first time, from an offset on: from 0, -1 if nowhere. A negative offset
--- counts from the end. ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING.
--- https://nodejs.org/api/buffer.html#bufindexofvalue-byteoffset-encoding
--- @param bytes string
--- @param value string|number
--- @param offset integer|string? 0; the encoding may stand here
--- @param encoding string? of the text; utf16le finds whole units only
--- @return integer
function Buffer.indexOf(bytes, value, offset, encoding) return index_of(bytes, value, offset, encoding, true) end

--- Where they hold it for the last time, from an offset backwards.
--- https://nodejs.org/api/buffer.html#buflastindexofvalue-byteoffset-encoding
--- @param bytes string
--- @param value string|number
--- @param offset integer|string? its length
--- @param encoding string?
--- @return integer
function Buffer.lastIndexOf(bytes, value, offset, encoding) return index_of(bytes, value, offset, encoding, false) end

--- Whether indexOf() finds it. https://nodejs.org/api/buffer.html#bufincludesvalue-byteoffset-encoding
--- @param bytes string
--- @param value string|number
--- @param offset integer|string?
--- @param encoding string?
--- @return boolean
function Buffer.includes(bytes, value, offset, encoding) return index_of(bytes, value, offset, encoding, true) ~= -1 end

-- -- changed copies -----------------------------------------------------------

--- A copy that is filled with a text or a byte, from an offset to an end. ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
--- ERR_OUT_OF_RANGE, ERR_UNKNOWN_ENCODING. https://nodejs.org/api/buffer.html#buffillvalue-offset-end-encoding
--- @param bytes string
--- @param value string|number repeated as often as it takes; "" is a zero
--- @param offset integer|string? 0; the encoding may stand here
--- @param last integer|string? its length; excluded; the encoding may stand here
--- @param encoding string? of the text
--- @return string
function Buffer.fill(bytes, value, offset, last, encoding)
  check_bytes("buffer", bytes)
  local length = #bytes
  if type(value) == "string" then
    if type(offset) == "string" then
      offset, last, encoding = nil, nil, offset
    elseif type(last) == "string" then
      last, encoding = nil, last
    end
    if encoding ~= nil and type(encoding) ~= "string" then raise_type("encoding", "of type string", encoding) end
    local pattern = native.encode(value, encoding or "utf8")
    if pattern == "" and value ~= "" then errors.raise_value("value", "is invalid", value) end
    value = value == "" and "\0" or pattern
  elseif type(value) == "number" then
    value = string.char(to_byte(value))
  else
    raise_type("value", "one of type number or string", value)
  end
  offset = check_offset("offset", offset, 0, 0, MAX_LENGTH)
  last = check_offset("end", last, length, 0, length)
  if offset >= last then return bytes end
  local count = last - offset
  return bytes:sub(1, offset) .. value:rep(count // #value) .. value:sub(1, count % #value) .. bytes:sub(last + 1)
end

-- What of a text's bytes is written where there is room for some of them only: whole characters
local function cut(bytes, room, encoding)
  if #bytes <= room then return bytes end
  encoding = native.find(encoding)
  if encoding == "utf16le" then return bytes:sub(1, room - room % 2) end
  bytes = bytes:sub(1, room)
  return encoding == "utf8" and native.decode_chunk(bytes, encoding) or bytes
end

--- A copy with a text written over it, as far as there is room, and how many bytes these are. ERR_INVALID_ARG_TYPE,
--- ERR_OUT_OF_RANGE, ERR_UNKNOWN_ENCODING. https://nodejs.org/api/buffer.html#bufwritestring-offset-length-encoding
--- @param bytes string
--- @param text string
--- @param offset integer|string? 0; the encoding may stand here
--- @param length integer|string? bytes at most; the encoding may stand here
--- @param encoding string? "utf8"
--- @return string copy, integer written
function Buffer.write(bytes, text, offset, length, encoding)
  check_bytes("buffer", bytes)
  check_bytes("string", text)
  if type(offset) == "string" and length == nil then
    offset, encoding = nil, offset
  elseif type(length) == "string" then
    length, encoding = nil, length
  end
  offset = check_offset("offset", offset, 0, 0, #bytes)
  local room = math.min(check_offset("length", length, #bytes, 0, #bytes), #bytes - offset)
  if encoding == nil or encoding == "" then encoding = "utf8" end
  local new = cut(native.encode(text, tostring(encoding)), room, tostring(encoding))
  return bytes:sub(1, offset) .. new .. bytes:sub(offset + #new + 1), #new
end

--- A copy of the target with a part of the source over it, as far as there is room, and how many bytes these are.
--- ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- https://nodejs.org/api/buffer.html#bufcopytarget-targetstart-sourcestart-sourceend
--- @param source string
--- @param target string
--- @param target_start integer? 0
--- @param source_start integer? 0
--- @param source_end integer? its length; excluded
--- @return string copy, integer copied
function Buffer.copy(source, target, target_start, source_start, source_end)
  check_bytes("buffer", source)
  check_bytes("target", target)
  local at, first = to_integer(target_start, MAX_LENGTH), to_integer(source_start, MAX_LENGTH)
  local last = source_end == nil and #source or to_integer(source_end, MAX_LENGTH)
  if at < 0 then raise_range("targetStart", ">= 0", at) end
  if first < 0 or first > #source then raise_range("sourceStart", ">= 0 && <= " .. #source, first) end
  if last < 0 then raise_range("sourceEnd", ">= 0", last) end
  if at >= #target or first >= last then return target, 0 end
  local part = source:sub(first + 1, math.min(last, first + #target - at))
  return target:sub(1, at) .. part .. target:sub(at + #part + 1), #part
end

-- swap16, swap32, swap64: copies whose groups of bytes are turned around. ERR_INVALID_BUFFER_SIZE.
for size = 2, 8 do
  if 8 % size == 0 then
    local pattern, turned = ("(.)"):rep(size), ""
    for i = size, 1, -1 do turned = turned .. "%" .. i end
    Buffer["swap" .. size * 8] = function(bytes)
      check_bytes("buffer", bytes)
      if #bytes % size ~= 0 then
        local text = ("Buffer size must be a multiple of %d-bits"):format(size * 8)
        error(errors.make("RangeError", "ERR_INVALID_BUFFER_SIZE", text), 0)
      end
      return (bytes:gsub(pattern, turned))
    end
  end
end

for name, f in pairs(numbers) do Buffer[name] = f end

--- Buffer(text[, encoding]), Buffer(list), Buffer(size): what `new Buffer` was before there was from().
setmetatable(Buffer, {
  __name = "Buffer",
  __call = function(_, value, encoding)
    if type(value) == "number" then return Buffer.alloc(value) end
    return Buffer.from(value, encoding)
  end,
})

-- -- the module ---------------------------------------------------------------

local buffer = {
  Buffer = Buffer,
  constants = { MAX_LENGTH = MAX_LENGTH, MAX_STRING_LENGTH = MAX_LENGTH },
  kMaxLength = MAX_LENGTH,
  kStringMaxLength = MAX_LENGTH,
}

--- Whether the bytes are well-formed UTF-8. https://nodejs.org/api/buffer.html#bufferisutf8input
--- @param bytes string
--- @return boolean
function buffer.isUtf8(bytes)
  check_bytes("input", bytes)
  return utf8.len(bytes) ~= nil
end

--- Whether all bytes are below 128. https://nodejs.org/api/buffer.html#bufferisasciiinput
--- @param bytes string
--- @return boolean
function buffer.isAscii(bytes)
  check_bytes("input", bytes)
  return not bytes:find "[\x80-\xFF]"
end

return buffer
