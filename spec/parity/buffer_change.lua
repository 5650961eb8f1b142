-- What changes a Buffer: fill, write, copy, swap16, swap32, swap64
local p = require "prelude"
local six = Buffer.from "abcdef"
local function hex(buffer) return buffer:toString("hex") end

for _, args in ipairs { { "x" }, { "xy", 1 }, { "xy", 1, 4 }, { "x", 1, 1 }, { "x", 4, 2 }, { "x", -1 }, { "x", 7 }, { "x", 0, 7 },
  { "x", 0, -1 }, { "x", 1.5 },
  { "x", "1" }, { "x", 0, "3" }, { "x", "hex" }, { "78", "hex" }, { "x", 0, "hex" }, { "78", 1, "hex" }, { "78", 1, 3, "hex" },
    { "x", 0, 6, "nope" },
  { "x", 0, 6, 5 }, { "", 0, 6 }, { "", 2 }, { "", "hex" }, { 5 }, { 257, 2 }, { -1 }, { 1.9 }, { "x", "nope" }, { 5, "nope" }, { "x", 6 },
    { "é", 1, 4, "latin1" }, { "é", 1, 4 } } do
  p.attempt(args, function() return hex(Buffer.fill(six, table.unpack(args))) end)
end

for _, args in ipairs { { "xy" }, { "xy", 1 }, { "xy", 5 }, { "xy", 6 }, { "xy", 7 }, { "xy", -1 }, { "xyz", 1, 2 }, { "xyz", 1, -1 },
  { "xyz", 1, 99 },
  { "7879", "hex" }, { "7879", 2, "hex" }, { "7879", 2, 1, "hex" }, { "é", 5 }, { "é", 4 }, { "é", 0, 1 }, { "xy", "nope" },
    { "xy", 0, 2, "nope" },
  { "xy", "1" }, { "xy", 1.5 }, { "xy", 1, 1.5 }, { "é", 0, "latin1" }, { "Ā", 0, 3, "utf16le" }, { "😀", 0, 3, "utf8" },
    { "😀a", 1, 5, "utf8" },
  { "a😀", 0, 4, "utf8" }, { "😀", 0, 3, "utf16le" }, { "", 0 }, { "787", 0, "hex" }, { "xy", "" }, { "eHk=", "base64" }, { "xyzxyzxyz" },
    { "ééé", 1 } } do
  p.attempt(args, function()
    local buffer, written = Buffer.write(six, table.unpack(args))
    return { hex(buffer), written }
  end)
end
for _, args in ipairs { { 0 }, { 2 }, { 0, 2 }, { 0, 2, 4 }, { 6 }, { 7 }, { -1 }, { 0, -1 }, { 0, 7 }, { 0, 6 }, { 0, 0, -1 },
  { 0, 0, 99 }, { 0, 3, 1 }, { 1.9 }, { "1" },
  { 5, 0 }, { 2, 1, 3 }, { 2, 1.9, 3.9 } } do
  p.attempt(args, function()
    local target, copied = Buffer.copy(six, "123456", table.unpack(args))
    return { target, copied }
  end)
end
p.attempt("to no buffer", function() return Buffer.copy(six, 5) end)
for _, text in ipairs { "", "ab", "abc", "abcd", "abcdef", "abcdefgh", "\0\n\r%1%2%3x" } do
  for _, method in ipairs { "swap16", "swap32", "swap64" } do p.attempt({ method, text },
    function() return hex(Buffer[method](text)) end) end
end
p.log(Buffer.toJSON(six))
