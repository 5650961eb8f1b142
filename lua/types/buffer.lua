---@meta buffer

--- Bytes. A Lua string is what a Buffer is in Node, so the methods of a Buffer are functions here: `b.indexOf("x")` is
--- `Buffer.indexOf(b, "x")`. Only `("x"):toString("hex")` is a method as well. Positions are Node's: from 0, the end
--- excluded. A string never changes: what changes a Buffer in Node returns the changed copy, which takes as long as the
--- string is long; to build a message, join parts of string.pack. [Node](https://nodejs.org/api/buffer.html)
---
--- Encodings are utf8, utf16le (ucs2), latin1 (binary), ascii, base64, base64url, hex, in upper or lower case; another
--- one raises ERR_UNKNOWN_ENCODING, a position out of bounds ERR_OUT_OF_RANGE. Text is UTF-8.
---@class buffer
---@field Buffer Buffer
---@field constants buffer.constants
---@field kMaxLength integer the same as constants.MAX_LENGTH
---@field kStringMaxLength integer the same
local buffer = {}

---@class buffer.constants
---@field MAX_LENGTH integer bytes that alloc() makes at most: 4 GiB
---@field MAX_STRING_LENGTH integer the same

--- Whether the bytes are well-formed UTF-8. [Node](https://nodejs.org/api/buffer.html#bufferisutf8input)
---@param bytes string
---@return boolean
function buffer.isUtf8(bytes) end

--- Whether all bytes are below 128. [Node](https://nodejs.org/api/buffer.html#bufferisasciiinput)
---@param bytes string
---@return boolean
function buffer.isAscii(bytes) end

--- Called itself, it is from(), with a number alloc(): what `new Buffer` was.
---@class Buffer
---@overload fun(value: string|number[]|integer, encoding?: string): string
local Buffer = {}

--- The bytes that a text means in an encoding, or those of a list, modulo 256. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#static-method-bufferfromstring-encoding)
---@param value string|number[]|buffer.JSON
---@param encoding? string of a text (utf8, also where it is empty)
---@return string
function Buffer.from(value, encoding) end

--- The bytes that are given one by one. [Node](https://nodejs.org/api/buffer.html#static-method-bufferofitems)
---@param ... number
---@return string
function Buffer.of(...) end

--- So many zeros, or what they are to be filled with. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE.
--- [Node](https://nodejs.org/api/buffer.html#static-method-bufferallocsize-fill-encoding)
---@param size number bytes
---@param fill? string|number repeated as often as it takes
---@param encoding? string of the text to fill with
---@return string
function Buffer.alloc(size, fill, encoding) end

--- So many zeros: a string is never uninitialized.
--- [Node](https://nodejs.org/api/buffer.html#static-method-bufferallocunsafesize)
---@param size number bytes
---@return string
function Buffer.allocUnsafe(size) end

--- The same as allocUnsafe. [Node](https://nodejs.org/api/buffer.html#static-method-bufferallocunsafeslowsize)
---@param size number bytes
---@return string
function Buffer.allocUnsafeSlow(size) end

--- All strings of a list in one. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#static-method-bufferconcatlist-totallength)
---@param list string[]
---@param total? integer bytes: what is more is cut off, what is missing is zeros
---@return string
function Buffer.concat(list, total) end

--- How many bytes a text has in an encoding; of hex and base64 by the number of its digits, whatever they are. An
--- unknown encoding is utf8. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#static-method-bufferbytelengthstring-encoding)
---@param text string
---@param encoding? string (utf8)
---@return integer
function Buffer.byteLength(text, encoding) end

--- The order of two strings by the values of their bytes. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#bufcomparetarget-targetstart-targetend-sourcestart-sourceend)
---@param source string
---@param target string
---@param targetStart? integer where the part of `target` begins (0)
---@param targetEnd? integer where it ends (#target)
---@param sourceStart? integer where the part of `source` begins (0)
---@param sourceEnd? integer where it ends (#source)
---@return -1|0|1
function Buffer.compare(source, target, targetStart, targetEnd, sourceStart, sourceEnd) end

--- Whether two strings are the same bytes. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#bufequalsotherbuffer)
---@param bytes string
---@param other string
---@return boolean
function Buffer.equals(bytes, other) end

--- Whether a name is that of an encoding.
--- [Node](https://nodejs.org/api/buffer.html#static-method-bufferisencodingencoding)
---@param name any
---@return boolean
function Buffer.isEncoding(name) end

--- Whether a value is a string. [Node](https://nodejs.org/api/buffer.html#static-method-bufferisbufferobj)
---@param value any
---@return boolean
function Buffer.isBuffer(value) end

--- The bytes as text. latin1, ascii and utf16le give UTF-8, the others their digits; utf8 leaves the bytes as they are.
--- [Node](https://nodejs.org/api/buffer.html#buftostringencoding-start-end)
---@param bytes string
---@param encoding? string (utf8)
---@param first? integer where to begin (0)
---@param last? integer where to end, excluded (#bytes)
---@return string
function Buffer.toString(bytes, encoding, first, last) end

---@class buffer.JSON
---@field type "Buffer"
---@field data integer[] the bytes

--- The bytes as a table, for JSON; from() takes it back. [Node](https://nodejs.org/api/buffer.html#buftojson)
---@param bytes string
---@return buffer.JSON
function Buffer.toJSON(bytes) end

--- A part. Negative positions count from the end.
--- [Node](https://nodejs.org/api/buffer.html#bufsubarraystart-end)
---@param bytes string
---@param first? integer (0)
---@param last? integer excluded (#bytes)
---@return string
function Buffer.subarray(bytes, first, last) end

--- The same as subarray. [Node](https://nodejs.org/api/buffer.html#bufslicestart-end)
---@param bytes string
---@param first? integer (0)
---@param last? integer excluded (#bytes)
---@return string
function Buffer.slice(bytes, first, last) end

--- Where the bytes hold a text or a byte for the first time from an offset on, or -1. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#bufindexofvalue-byteoffset-encoding)
---@param bytes string
---@param value string|number
---@param offset? integer|string negative ones count from the end (0); the encoding may stand here
---@param encoding? string of the text (utf8); utf16le finds whole units only
---@return integer
function Buffer.indexOf(bytes, value, offset, encoding) end

--- Where the bytes hold a text or a byte for the last time at or before an offset, or -1.
--- [Node](https://nodejs.org/api/buffer.html#buflastindexofvalue-byteoffset-encoding)
---@param bytes string
---@param value string|number
---@param offset? integer|string negative ones count from the end (#bytes); the encoding may stand here
---@param encoding? string of the text (utf8)
---@return integer
function Buffer.lastIndexOf(bytes, value, offset, encoding) end

--- Whether indexOf() finds it. [Node](https://nodejs.org/api/buffer.html#bufincludesvalue-byteoffset-encoding)
---@param bytes string
---@param value string|number
---@param offset? integer|string
---@param encoding? string
---@return boolean
function Buffer.includes(bytes, value, offset, encoding) end

--- A copy that is filled with a text or a byte. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE.
--- [Node](https://nodejs.org/api/buffer.html#buffillvalue-offset-end-encoding)
---@param bytes string
---@param value string|number repeated as often as it takes; "" is a zero
---@param offset? integer|string (0); the encoding may stand here
---@param last? integer|string excluded (#bytes); the encoding may stand here
---@param encoding? string of the text (utf8)
---@return string
function Buffer.fill(bytes, value, offset, last, encoding) end

--- A copy with a text over it, as far as there is room for whole characters. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#bufwritestring-offset-length-encoding)
---@param bytes string
---@param text string
---@param offset? integer|string (0); the encoding may stand here
---@param length? integer|string bytes at most; the encoding may stand here
---@param encoding? string (utf8)
---@return string copy
---@return integer written bytes
function Buffer.write(bytes, text, offset, length, encoding) end

--- A copy of `target` with a part of `source` over it, as far as there is room. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/buffer.html#bufcopytarget-targetstart-sourcestart-sourceend)
---@param source string
---@param target string
---@param targetStart? integer where to put it (0)
---@param sourceStart? integer where the part begins (0)
---@param sourceEnd? integer where it ends, excluded (#source)
---@return string copy
---@return integer copied bytes
function Buffer.copy(source, target, targetStart, sourceStart, sourceEnd) end

--- A copy in the other byte order, 16 bits by 16 bits. Raises ERR_INVALID_BUFFER_SIZE.
--- [Node](https://nodejs.org/api/buffer.html#bufswap16)
---@param bytes string
---@return string
function Buffer.swap16(bytes) end

--- A copy in the other byte order, 32 bits by 32 bits. Raises ERR_INVALID_BUFFER_SIZE.
--- [Node](https://nodejs.org/api/buffer.html#bufswap32)
---@param bytes string
---@return string
function Buffer.swap32(bytes) end

--- A copy in the other byte order, 64 bits by 64 bits. Raises ERR_INVALID_BUFFER_SIZE.
--- [Node](https://nodejs.org/api/buffer.html#bufswap64)
---@param bytes string
---@return string
function Buffer.swap64(bytes) end

-- Numbers in a string. A reader raises ERR_OUT_OF_RANGE for an offset that is out of bounds, ERR_BUFFER_OUT_OF_BOUNDS
-- where there can be none. A writer returns the changed copy and the offset behind the number; it raises
-- ERR_OUT_OF_RANGE for a value that does not fit as well. Offsets are from 0, and 0 by default.

--- Reads a signed byte. [Node](https://nodejs.org/api/buffer.html#bufreadint8offset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readInt8 = nil

--- Reads a byte. [Node](https://nodejs.org/api/buffer.html#bufreaduint8offset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readUInt8 = nil

--- Reads a signed integer of 16 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufreadint16leoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readInt16LE = nil

--- Reads a signed integer of 16 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreadint16beoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readInt16BE = nil

--- Reads an unsigned integer of 16 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreaduint16leoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readUInt16LE = nil

--- Reads an unsigned integer of 16 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreaduint16beoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readUInt16BE = nil

--- Reads a signed integer of 32 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufreadint32leoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readInt32LE = nil

--- Reads a signed integer of 32 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreadint32beoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readInt32BE = nil

--- Reads an unsigned integer of 32 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreaduint32leoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readUInt32LE = nil

--- Reads an unsigned integer of 32 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreaduint32beoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readUInt32BE = nil

--- Reads a signed integer of 64 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufreadbigint64leoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readBigInt64LE = nil

--- Reads a signed integer of 64 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreadbigint64beoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readBigInt64BE = nil

--- Reads 64 bits as an integer, negative from 2^63 on, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreadbiguint64leoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readBigUInt64LE = nil

--- Reads 64 bits as an integer, negative from 2^63 on, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreadbiguint64beoffset)
---@type fun(bytes: string, offset?: integer): integer
Buffer.readBigUInt64BE = nil

--- Reads a number of 32 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufreadfloatleoffset)
---@type fun(bytes: string, offset?: integer): number
Buffer.readFloatLE = nil

--- Reads a number of 32 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreadfloatbeoffset)
---@type fun(bytes: string, offset?: integer): number
Buffer.readFloatBE = nil

--- Reads a number of 64 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufreaddoubleleoffset)
---@type fun(bytes: string, offset?: integer): number
Buffer.readDoubleLE = nil

--- Reads a number of 64 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufreaddoublebeoffset)
---@type fun(bytes: string, offset?: integer): number
Buffer.readDoubleBE = nil

--- Reads a signed integer of 1 to 6 bytes, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreadintleoffset-bytelength)
---@type fun(bytes: string, offset: integer, byteLength: integer): integer
Buffer.readIntLE = nil

--- Reads a signed integer of 1 to 6 bytes, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreadintbeoffset-bytelength)
---@type fun(bytes: string, offset: integer, byteLength: integer): integer
Buffer.readIntBE = nil

--- Reads an unsigned integer of 1 to 6 bytes, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreaduintleoffset-bytelength)
---@type fun(bytes: string, offset: integer, byteLength: integer): integer
Buffer.readUIntLE = nil

--- Reads an unsigned integer of 1 to 6 bytes, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufreaduintbeoffset-bytelength)
---@type fun(bytes: string, offset: integer, byteLength: integer): integer
Buffer.readUIntBE = nil

--- Writes a signed byte. [Node](https://nodejs.org/api/buffer.html#bufwriteint8value-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeInt8 = nil

--- Writes a byte. [Node](https://nodejs.org/api/buffer.html#bufwriteuint8value-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeUInt8 = nil

--- Writes a signed integer of 16 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteint16levalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeInt16LE = nil

--- Writes a signed integer of 16 bits, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteint16bevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeInt16BE = nil

--- Writes an unsigned integer of 16 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteuint16levalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeUInt16LE = nil

--- Writes an unsigned integer of 16 bits, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteuint16bevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeUInt16BE = nil

--- Writes a signed integer of 32 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteint32levalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeInt32LE = nil

--- Writes a signed integer of 32 bits, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteint32bevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeInt32BE = nil

--- Writes an unsigned integer of 32 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteuint32levalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeUInt32LE = nil

--- Writes an unsigned integer of 32 bits, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteuint32bevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeUInt32BE = nil

--- Writes a signed integer of 64 bits, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwritebigint64levalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeBigInt64LE = nil

--- Writes a signed integer of 64 bits, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwritebigint64bevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeBigInt64BE = nil

--- Writes 64 bits as an integer, negative from 2^63 on, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwritebiguint64levalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeBigUInt64LE = nil

--- Writes 64 bits as an integer, negative from 2^63 on, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwritebiguint64bevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeBigUInt64BE = nil

--- Writes a number of 32 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufwritefloatlevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeFloatLE = nil

--- Writes a number of 32 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufwritefloatbevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeFloatBE = nil

--- Writes a number of 64 bits, little-endian. [Node](https://nodejs.org/api/buffer.html#bufwritedoublelevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeDoubleLE = nil

--- Writes a number of 64 bits, big-endian. [Node](https://nodejs.org/api/buffer.html#bufwritedoublebevalue-offset)
---@type fun(bytes: string, value: number, offset?: integer): string, integer
Buffer.writeDoubleBE = nil

--- Writes a signed integer of 1 to 6 bytes, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteintlevalue-offset-bytelength)
---@type fun(bytes: string, value: number, offset: integer, byteLength: integer): string, integer
Buffer.writeIntLE = nil

--- Writes a signed integer of 1 to 6 bytes, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteintbevalue-offset-bytelength)
---@type fun(bytes: string, value: number, offset: integer, byteLength: integer): string, integer
Buffer.writeIntBE = nil

--- Writes an unsigned integer of 1 to 6 bytes, little-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteuintlevalue-offset-bytelength)
---@type fun(bytes: string, value: number, offset: integer, byteLength: integer): string, integer
Buffer.writeUIntLE = nil

--- Writes an unsigned integer of 1 to 6 bytes, big-endian.
--- [Node](https://nodejs.org/api/buffer.html#bufwriteuintbevalue-offset-bytelength)
---@type fun(bytes: string, value: number, offset: integer, byteLength: integer): string, integer
Buffer.writeUIntBE = nil

-- Node's other spelling.

--- The same as readUInt8.
Buffer.readUint8 = Buffer.readUInt8

--- The same as readUInt16LE.
Buffer.readUint16LE = Buffer.readUInt16LE

--- The same as readUInt16BE.
Buffer.readUint16BE = Buffer.readUInt16BE

--- The same as readUInt32LE.
Buffer.readUint32LE = Buffer.readUInt32LE

--- The same as readUInt32BE.
Buffer.readUint32BE = Buffer.readUInt32BE

--- The same as readBigUInt64LE.
Buffer.readBigUint64LE = Buffer.readBigUInt64LE

--- The same as readBigUInt64BE.
Buffer.readBigUint64BE = Buffer.readBigUInt64BE

--- The same as readUIntLE.
Buffer.readUintLE = Buffer.readUIntLE

--- The same as readUIntBE.
Buffer.readUintBE = Buffer.readUIntBE

--- The same as writeUInt8.
Buffer.writeUint8 = Buffer.writeUInt8

--- The same as writeUInt16LE.
Buffer.writeUint16LE = Buffer.writeUInt16LE

--- The same as writeUInt16BE.
Buffer.writeUint16BE = Buffer.writeUInt16BE

--- The same as writeUInt32LE.
Buffer.writeUint32LE = Buffer.writeUInt32LE

--- The same as writeUInt32BE.
Buffer.writeUint32BE = Buffer.writeUInt32BE

--- The same as writeBigUInt64LE.
Buffer.writeBigUint64LE = Buffer.writeBigUInt64LE

--- The same as writeBigUInt64BE.
Buffer.writeBigUint64BE = Buffer.writeBigUInt64BE

--- The same as writeUIntLE.
Buffer.writeUintLE = Buffer.writeUIntLE

--- The same as writeUIntBE.
Buffer.writeUintBE = Buffer.writeUIntBE

return buffer
