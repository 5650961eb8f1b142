-- writeUInt8, writeDoubleBE and the others: what they write, the offset that they return, values out of range
local p = require "prelude"
local function write(name, ...)
  local args = table.pack(...)
  p.attempt({ name, ... }, function()
    local buffer, offset = Buffer["write" .. name](Buffer.alloc(9), table.unpack(args, 1, args.n))
    return { buffer:toString "hex", offset }
  end)
end
for _, value in ipairs { 0, 255, 256, -1, 1.9, 255.9, -0.5, 1 << 40 } do write("UInt8", value) write("Uint8", value) end
for _, value in ipairs { 127, 128, -128, -129, -1.5 } do write("Int8", value) end
for _, value in ipairs { 65535, 65536, -1 } do write("UInt16BE", value, 1) write("UInt16LE", value, 7) end
for _, value in ipairs { 32767, 32768, -32768, -32769, -2 } do write("Int16LE", value) write("Int16BE", value) end
for _, value in ipairs { 4294967295, 4294967296, -1 } do write("UInt32BE", value, 5) write("UInt32LE", value, 5) write("Uint32LE",
  value) end
for _, value in ipairs { 2147483647, 2147483648, -2147483648, -2147483649, -2 } do write("Int32BE", value) write("Int32LE", value) end
for _, value in ipairs { 1.5, -2, 0.1, 1e300 } do
  for _, name in ipairs { "FloatLE", "FloatBE", "DoubleLE", "DoubleBE" } do p.attempt(name, function()
    local buffer, offset = Buffer["write" .. name](Buffer.alloc(8), value)
    return { buffer:toString "hex", offset }
  end) end
end
for _, case in ipairs { { "BigInt64LE", -5 }, { "BigInt64BE", -5 }, { "BigUInt64LE", 5 }, { "BigUInt64BE", math.maxinteger },
  { "BigUint64BE", 1 } } do
  p.attempt(case[1], function()
    local buffer, offset = Buffer["write" .. case[1]](Buffer.alloc(9), case[2], 1)
    return { buffer:toString "hex", offset }
  end)
end
for _, size in ipairs { 1, 2, 3, 4, 5, 6, 7, 0 } do
  write("UIntBE", 1, 0, size)
  write("UIntLE", 1 << 48, 0, size)
  write("IntLE", -2, 1, size)
  write("IntBE", -(1 << 47) - 1, 1, size)
  write("IntBE", -1.5, 1, size)
end
for _, args in ipairs { { "UInt8", 1, 9 }, { "UInt8", 1, -1 }, { "UInt8", 1, "x" }, { "UInt8", 1, 1.5 }, { "UInt8", 300, 99 },
  { "UInt32LE", 1, 6 }, { "FloatLE", 1, 6 },
  { "DoubleLE", 1, 2 }, { "DoubleBE", 1, "x" }, { "UIntBE", 1, "x", 2 }, { "UIntBE", 1 }, { "UIntBE", 1, 0 }, { "UIntBE", 1, 9, 1 },
    { "IntBE", 1, -1, 2 }, { "IntBE", 1, 0, "x" }, { "IntBE", 1, 0, 1.5 } } do write(table.unpack(args)) end
p.attempt("no room", function() return Buffer.writeUInt16LE(Buffer.alloc(1), 1) end)
p.attempt("no room", function() return Buffer.writeUInt8(Buffer.alloc(0), 1) end)
p.attempt("no room", function() return Buffer.writeDoubleLE(Buffer.alloc(1), 1) end)
p.attempt("no room", function() return Buffer.writeIntLE(Buffer.alloc(1), 1, 0, 6) end)
