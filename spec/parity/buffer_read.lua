-- readUInt8, readDoubleBE and the others: values, offsets that are none, bytes that are not there
local p = require "prelude"
local buffer = Buffer.from { 0xff, 0xfe, 3, 4, 5, 6, 7, 0x80, 9 }
local names = { "Int8", "UInt8" }
for _, kind in ipairs { "Int16", "UInt16", "Int32", "UInt32", "BigInt64", "BigUInt64", "Float", "Double" } do
  table.insert(names, kind .. "LE")
  table.insert(names, kind .. "BE")
end

for _, name in ipairs(names) do
  if not (name:find "Float" or name:find "Double" or name:find "BigU") then
    p.log(name, Buffer["read" .. name](buffer), Buffer["read" .. name](buffer, 1), Buffer["read" .. name:gsub("UInt", "Uint")](buffer, 1))
  end
end
p.log(Buffer.readBigUInt64LE(buffer, 1), Buffer.readBigUint64LE(buffer, 1), Buffer.readBigUInt64BE(buffer, 0) == -559634154387584)
local floats = Buffer.from("0000c03f3fc00000000000000000f83f3ff8000000000000", "hex")
p.log(Buffer.readFloatLE(floats, 0), Buffer.readFloatBE(floats, 4), Buffer.readDoubleLE(floats, 8), Buffer.readDoubleBE(floats, 16))

for _, name in ipairs(names) do
  for _, offset in ipairs { 9, 8, -1, 1.5, "1", true, 1 << 40 } do
    p.attempt({ name, offset }, function() Buffer["read" .. name](buffer, offset) return "a number" end)
  end
  p.attempt(name, function() return Buffer["read" .. name](buffer, 0 / 0) end)
  p.attempt(name, function() return Buffer["read" .. name](buffer, math.huge) end)
  p.attempt({ name, "of nothing" }, function() return Buffer["read" .. name]("") end)
  p.attempt({ name, "of nothing" }, function() return Buffer["read" .. name]("", 1.5) end)
end
for _, name in ipairs { "UIntLE", "UIntBE", "IntLE", "IntBE" } do
  for _, args in ipairs { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 }, { 0, 5 }, { 0, 6 }, { 0, 7 }, { 0, 0 }, { 0 }, { 4, 6 }, { 3, 6 },
    { 9, 1 }, { -1, 2 }, { "x", 2 }, { 0, "x" },
    { 0, 1.5 }, { 1.5, 2 }, { "x", "x" } } do
    p.attempt({ name, table.unpack(args) }, function() return Buffer["read" .. name](buffer, table.unpack(args)) end)
  end
  p.attempt(name, function() return Buffer["read" .. name](buffer) end)
  p.attempt(name, function() return Buffer["read" .. name](buffer, nil, 2) end)
  p.attempt(name, function() return Buffer["read" .. name](buffer, 0, 0 / 0) end)
  p.attempt({ name, "of one" }, function() return Buffer["read" .. name]("a", 0, 6) end)
end
