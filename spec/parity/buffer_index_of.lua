-- indexOf, lastIndexOf and includes: texts, bytes, offsets of every kind, encodings, units of utf16le
local p = require "prelude"
local buffer = Buffer.from "abcabcabc"

for _, method in ipairs { "indexOf", "lastIndexOf", "includes" } do
  for _, args in ipairs { { "bc" }, { "bc", 2 }, { "bc", -3 }, { "bc", -99 }, { "bc", 99 }, { "bc", 1.9 }, { "bc", -1.9 }, { "bc", "2" },
    { "bc", "utf8" },
    { "6263", "hex" }, { "6263", 3, "hex" }, { "zz", "hex" }, { "", 0 }, { "", 5 }, { "", 9 }, { "", 99 }, { "", -1 }, { "", -99 }, { "" },
    { 98 }, { 354 }, { -158 },
    { 98.9 }, { 98, 5 }, { 98, 99 }, { 98, -1 }, { 98, -8 }, { "bc", 0, "nope" }, { "bc", 0, "" }, { "YmM=", "base64" }, { "abcabcabcd" },
    { "abcabcabc" },
    { "abcabcabc", 1 }, { "bc", -1 }, { "c", -1 }, { "c", 8 }, { "c", 9 }, { "a", 0 }, { "a", -9 }, { "a", -10 }, { "a", 1 << 40 },
    { "a", -(1 << 40) }, { true } } do
    p.attempt({ method, table.unpack(args) }, function() return Buffer[method](buffer, table.unpack(args)) end)
  end
  p.attempt(method, function() return Buffer[method](buffer) end)
  p.attempt(method, function() return Buffer[method](buffer, { a = 1 }) end)
  p.attempt(method, function() return Buffer[method](buffer, "bc", nil, "hex") end)
  p.attempt(method, function() return Buffer[method](buffer, "bc", 0 / 0) end)
  p.attempt(method, function() return Buffer[method](Buffer.from "", "a") end)
  p.attempt(method, function() return Buffer[method](Buffer.from "", "") end)
end
local units = Buffer.from("aĀaĀ", "utf16le") -- 61 00 00 01 61 00 00 01
for _, method in ipairs { "indexOf", "lastIndexOf" } do
  for _, args in ipairs { { "Ā", "utf16le" }, { "Ā", 1, "utf16le" }, { "Ā", 2, "utf16le" }, { "Ā", 3, "ucs2" }, { "Ā", 5, "ucs2" },
    { "Ā", 7, "ucs2" }, { "Ā", -1, "utf16le" },
    { "Ā", -2, "utf16le" }, { "a", 1, "ucs2" }, { "a", 4, "ucs2" }, { "a", 3, "ucs2" }, { "\0", 0, "ucs2" }, { "", 1, "ucs2" }, { "\0\0" },
    { "aĀ", "utf16le" }, { "b", "utf16le" } } do
    p.attempt({ method, table.unpack(args) }, function() return Buffer[method](units, table.unpack(args)) end)
  end
end
p.attempt("latin1", function() return Buffer.indexOf(Buffer.from { 0xe9, 0x61 }, "é", "latin1") end)
p.attempt("repeated", function() return Buffer.lastIndexOf(Buffer.from "aaaaaaaa", "aaa", 4) end)
