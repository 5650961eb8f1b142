-- compare, with and without parts; equals; slice and subarray
local p = require "prelude"

for _, pair in ipairs { { "a", "b" }, { "b", "a" }, { "a", "a" }, { "a", "ab" }, { "", "a" }, { "", "" }, { "\u{e9}", "z" },
  { "a\0b", "a\0c" } } do
  p.log(Buffer.compare(Buffer.from(pair[1]), Buffer.from(pair[2])), Buffer.equals(Buffer.from(pair[1]), Buffer.from(pair[2])))
end
p.attempt("first", function() return Buffer.compare(5, Buffer.from "a") end)
p.attempt("second", function() return Buffer.compare(Buffer.from "a", 5) end)
p.attempt("equals", function() return Buffer.equals(Buffer.from "a", 5) end)

local source, target = Buffer.from "abcdef", Buffer.from "abcxyz"
for _, args in ipairs { { 0, 3, 0, 3 }, { 3, 5, 0, 2 }, { 0, 0 }, { 6 }, { 7 }, { 0, 7 }, { 0, 6, 7 }, { 0, 6, 0, 7 }, { -1 }, { 2, 1 },
  { 2, 2, 3, 3 }, { 2, 2, 3 },
  { 1.5 }, { "x" }, { 0, "x" }, { 3, 2, 0, 6 }, { 0, 3, 4, 2 }, { 6, 6, 0, 6 }, { 1 << 40 }, { 0, -1 }, { 0, 3.5 } } do
  p.attempt(args, function() return Buffer.compare(source, target, table.unpack(args)) end)
end
p.attempt("from the default on", function() return Buffer.compare(source, target, nil, 2, nil, 2) end)

for _, args in ipairs { { 0 }, { 1 }, { -2 }, { 1, 3 }, { 1, -1 }, { -3, -1 }, { 4, 2 }, { 99 }, { -99, 2 }, { 1.9, 3.9 }, { "1" },
  { "x" }, { 0, "x" }, { -1.5 }, { 0, 99 }, { 6 }, { -0.5, 2 } } do
  p.attempt(args, function() return { Buffer.slice(source, table.unpack(args)), Buffer.subarray(source, table.unpack(args)) } end)
end
p.log(Buffer.slice(source), Buffer.subarray(source))
p.log(Buffer.slice(source, nil, 2))
