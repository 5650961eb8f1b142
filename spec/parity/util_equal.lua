-- isDeepStrictEqual: numbers, texts, lists, fields, errors, cycles
local p = require "prelude"
local equal = require "util".isDeepStrictEqual

local values = { 1, -0.0, 0, 0 / 0, "1", true, false, {}, { 1 }, { 1, 2 }, { 2, 1 }, { a = 1 }, { a = 1, b = { 1, { c = 2 } } },
  { b = { 1, { c = 2 } }, a = 1 }, { a = 2 },
  { b = 1 }, Error "a", Error "b", TypeError "a", { { 1 }, { 2 } }, { { 1 }, { 3 } } }
local copies = { 1, -0.0, 0, 0 / 0, "1", true, false, {}, { 1 }, { 1, 2 }, { 2, 1 }, { a = 1 }, { a = 1, b = { 1, { c = 2 } } },
  { b = { 1, { c = 2 } }, a = 1 }, { a = 2 },
  { b = 1 }, Error "a", Error "b", TypeError "a", { { 1 }, { 2 } }, { { 1 }, { 3 } } }
for i, value in ipairs(values) do
  local row = {}
  for n, other in ipairs(values) do row[n] = equal(value, other) and 1 or 0 end
  p.log(i, row, equal(value, copies[i]))
end
local function cycle(x) local value = { x = x } value.self = { value } return value end
p.log(equal(cycle(1), cycle(1)), equal(cycle(1), cycle(2)), equal(p.log, p.log), equal(p.log, cycle))
