-- inspect with options, and format
local p = require "prelude"
local util = require "util"
local inspect, format = util.inspect, util.format

local deep = { a = { b = { c = { d = { e = 1 } } } }, list = { 1, { 2, { 3, { 4, { 5 } } } } } }
for _, depth in ipairs { 1, 3, 10 } do p.log((inspect(deep, { depth = depth }))) end
p.log(inspect({ 1, 22, 333, 4444, 55555 }, { maxArrayLength = 3 }), inspect({ 1, 2 },
  { maxArrayLength = 0 }), inspect("abcdef", { maxStringLength = 3 }))
p.log(inspect({ a = 1, b = { 1, 2, { c = 3 } } }, { compact = false }))
p.log(inspect({ a = 1, b = { 1, 2, { c = 3 } } }, { compact = 1 }))
p.log(inspect({ a = ("x"):rep(20), b = ("y"):rep(20), c = ("z"):rep(20) }, { breakLength = 40 }))
p.log(inspect({ a = ("x"):rep(60), b = ("y"):rep(60) }, { breakLength = math.huge }))
for _, number in ipairs { 0, 999, 1000, -1234567, 1234.5678, 0.125, 12345.6789 } do p.log(inspect(number, { numericSeparator = true })) end
p.log { inspect({ a = 1, b = "x", c = true }, { colors = true }) }
p.log(inspect "it's", inspect "a\"b'c", inspect "\n\t\1", inspect { "a", "b c" })
for _, args in ipairs { { "%s is %d", "x", 5 }, { "%s" }, { "%s", "a", "b" }, { "a", "b", 1 }, { "%d", "x" }, { "%i", 3.9 },
  { "%f", "1.5x" }, { "%j", { a = { 1, "x" } } },
  { "%o%%", 5 }, { "%O", { a = 1 } }, { "%c|", "css" }, { "%x", 1 }, { "%%" }, { "%%", 1 }, { 1, "a", { b = 2 } }, { "", "x" },
    { "%s", "" }, { "a%" }, { "%d", "" }, { "%d", "0x1f" }, { "%d", " 5 " }, { "%d", true }, { "%d", false }, { "%d", "5x" },
    { "%i", true }, { "%f", "" },
  { "%i", "12abc" }, { "%s %s %s", "a", "b" } } do
  p.log { format(table.unpack(args)) }
end
p.log({ util.formatWithOptions({ colors = true }, "%O", 5) }, { util.formatWithOptions({ compact = false }, "x", { a = 1 }) })
