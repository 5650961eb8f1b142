-- Buffer.from, of, and Buffer itself as a function: text, lists, what toJSON gave; what is refused
local p = require "prelude"
local function hex(buffer) return buffer:toString("hex") end

for _, args in ipairs { { "abc" }, { "é" }, { "é", "latin1" }, { "é", "ascii" }, { "aé😀", "utf16le" }, { "😀", "binary" },
  { "0a0B", "hex" },
  { "0a0", "hex" }, { "0axx0b", "hex" }, { "aGVsbG8", "base64" }, { "aGVsbG8=", "base64" }, { "aGVs bG8=\n", "base64" },
  { "_-+/", "base64url" }, { "_-+/", "base64" }, { "aGVs=bG8", "base64" }, { "x", "" }, { "x", 5 }, { "", "hex" }, { "x", "UTF-8" },
  { "x", "nope" }, { "x", "buffer" }, { 5 }, { true }, { -1.5 } } do
  p.attempt(args, function() return hex(Buffer.from(table.unpack(args))) end)
end
p.attempt("nothing", function() return Buffer.from() end)
p.attempt("function", function() return Buffer.from(function() end) end)
p.attempt("object", function() return Buffer.from { a = 1 } end)
p.attempt("bad data", function() return Buffer.from { type = "Buffer", data = 5 } end)
p.attempt("list", function() return hex(Buffer.from { 1, 255, 256, -1, 1.9, -1.9, "5", "x", 0 / 0, math.huge, 2 ^ 40 + 7, "0x10",
  -257 }) end)
p.attempt("empty list", function() return hex(Buffer.from {}) end)
p.attempt("list with encoding", function() return hex(Buffer.from({ 1, 2 }, "nope")) end)
p.attempt("json", function() return hex(Buffer.from { type = "Buffer", data = { 1, 2 } }) end)
p.attempt("json of", function() return hex(Buffer.from(Buffer.toJSON(Buffer.from "abc"))) end)
p.log(Buffer.toJSON(Buffer.from "abc"))
local long = {}
for i = 0, 999 do long[i + 1] = i end
p.attempt("long list", function() return hex(Buffer.from(long)) end)
p.attempt("of", function() return hex(Buffer.of(1, 2, 300)) end)
p.attempt("called", function() return hex(Buffer "abc") end)
p.attempt("called", function() return hex(Buffer("616263", "hex")) end)
p.attempt("called", function() return hex(Buffer { 1, 2 }) end)
p.attempt("called", function() return hex(Buffer(3)) end)
