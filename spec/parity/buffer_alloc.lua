-- Buffer.alloc with every kind of fill, allocUnsafe, concat
local p = require "prelude"
local function hex(buffer) return buffer:toString("hex") end

for _, args in ipairs { { 3 }, { 0 }, { 2.7 }, { 3, 0 }, { 3, 257 }, { 2, -1 }, { 3, 1.5 }, { 5, "ab" }, { 5, "é" }, { 3, "é", "latin1" },
  { 5, "é", "utf16le" },
  { 5, "0a0b", "hex" }, { 5, "0a0bzz", "hex" }, { 3, "" }, { 3, "", "hex" }, { 1, "abc" }, { 2, 1, "nope" }, { 0, "a", "nope" },
  { 5, "xyz", "hex" }, { 3, "a", 5 }, { 3, "a", "nope" }, { -1 }, { 1 << 53 }, { "x" } } do
  p.attempt(args, function() return hex(Buffer.alloc(table.unpack(args))) end)
end
p.attempt("[Infinity]", function() return Buffer.alloc(math.huge) end)
p.attempt("nan", function() return Buffer.alloc(0 / 0) end)
p.attempt("none", function() return Buffer.alloc() end)
p.attempt("unsafe", function() return #Buffer.allocUnsafe(7) end)
p.attempt("unsafe", function() return Buffer.allocUnsafe(-5) end)
p.attempt("slow", function() return Buffer.allocUnsafeSlow("x") end)

local list = { Buffer.from "abc", Buffer.from "def" }
for _, length in ipairs { 0, 2, 4, 6, 9, -1, 1.5, "x" } do
  p.attempt({ "concat", length }, function() return hex(Buffer.concat(list, length)) end)
end
p.attempt("concat", function() return hex(Buffer.concat(list)) end)
p.attempt("of nothing", function() return hex(Buffer.concat {}) end)
p.attempt("of nothing", function() return hex(Buffer.concat({}, 5)) end)
p.attempt("of no list", function() return Buffer.concat("x") end)
p.attempt("of no list", function() return Buffer.concat() end)
