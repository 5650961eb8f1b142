-- inspect_spec.lua - lua/inspect.lua: what a value looks like. The expected texts are what node 20 prints for
-- the same value, with the translations of inspect.lua: [Table] for [Object] and [Array], ['key'] for 'key', nil.

if not pcall(require, "moonport.inspect") then -- stock lua5.4: the modules are the files of lua/
  table.insert(package.searchers, 2, function(name)
    local file = package.searchpath(name:match("^moonport%.([%w_]+)$") or "", "./lua/?.lua")
    return file and assert(loadfile(file)), file
  end)
end
local inspect = require "moonport.inspect"

local function class(fields, value) return setmetatable(value or {}, fields) end
local function err(fields) return class({ __name = "Error" }, fields) end
local function numbers(count)
  local list = {}
  for i = 1, count do list[i] = i - 1 end
  return list
end
local function lines(...) return table.concat({ ... }, "\n") end

local function each(cases)
  for _, case in ipairs(cases) do
    local options = case[4]
    it("shows " .. case[1], function() assert.equal(case[3], inspect(case[2], options)) end)
  end
end

describe("inspect", function()
  it("can be called and is a function of its table", function()
    assert.equal("1", inspect(1))
    assert.equal("1", inspect.inspect(1))
    assert.equal("nil", inspect(nil))
  end)

  describe("of values without parts", function()
    each {
      { "integers", 42, "42" },
      { "floats as Lua prints them", 1.0, "1.0" },
      { "negative zero", -0.0, "-0.0" },
      { "infinity", -math.huge, "-inf" },
      { "nan without a sign", -(0 / 0), "nan" },
      { "booleans", true, "true" },
      { "functions of C", print, "[Function (builtin)]" },
      { "main chunks", assert(load("return 1", "@echo.lua")), "[Function: echo.lua]" },
      { "functions", assert(load("\nreturn function() end", "@echo.lua"))(), "[Function: echo.lua:2]" },
      { "threads", coroutine.create(print), "[Thread: suspended]" },
      { "files by their own tostring", io.stdout, tostring(io.stdout) },
    }
  end)

  describe("of strings", function()
    each {
      { "plain text in single quotes", "abc", "'abc'" },
      { "double quotes around an apostrophe", "it's", [["it's"]] },
      { "single quotes around double quotes", '"q"', [['"q"']] },
      { "backticks around both", [['"]], [[`'"`]] },
      { "an escaped apostrophe when nothing else is left", [[`'"]], [['`\'"']] },
      { "control bytes", "a\nb\0\27\127\t\r\b\f\v", [['a\nb\x00\x1B\x7F\t\r\b\f\x0B']] },
      { "backslashes", [[a\b]], [['a\\b']] },
      { "UTF-8 as it is", "é中文", "'é中文'" },
      { "C1 control characters byte by byte", "\u{9F}", [['\xC2\x9F']] },
      { "invalid UTF-8 byte by byte", "\xFFa\xC3", [['\xFFa\xC3']] },
      { "surrogates as the bytes they are", "\xED\xA0\x80", [['\xED\xA0\x80']] },
      { "how much is cut off", ("x"):rep(13), "'xxxxxxxxxx'... 3 more characters", { maxStringLength = 10 } },
      { "characters whole when cut", "中文字", "'中文'... 1 more character", { maxStringLength = 2 } },
      { "long text line by line", { multi = ("line1\nline2\n" .. ("x"):rep(80)) },
        lines("{", [[  multi: 'line1\n' +]], [[    'line2\n' +]], "    '" .. ("x"):rep(80) .. "'", "}") },
    }
  end)

  describe("of tables", function()
    local cycle = { name = "c" }
    cycle.self = cycle
    local cycles = { x = {} }
    cycles.x.p, cycles.x.x = cycles, cycles.x
    each {
      { "the empty one", {}, "{}" },
      { "a sequence", { 1, "a", false }, "[ 1, 'a', false ]" },
      { "keys in order", { b = 1, a = "x", c = { 1, 2, 3 } }, "{ a: 'x', b: 1, c: [ 1, 2, 3 ] }" },
      { "the sequence before other keys", { 1, 2, a = 3, [10] = 4 }, "[ 1, 2, [10]: 4, a: 3 ]" },
      { "what follows a hole by its number", { 1, nil, 3 }, "[ 1, [3]: 3 ]" },
      { "keys that are no identifiers", { ["a b"] = 1, ["it's"] = 2, [-1] = 3, [1.5] = 4, [true] = 5, [{}] = 6 },
        [=[{ [-1]: 3, [1.5]: 4, ['a b']: 1, ["it's"]: 2, [true]: 5, [Table]: 6 }]=] },
      { "three levels", { a = { b = { c = { d = 1 } } } }, "{ a: { b: { c: [Table] } } }" },
      { "more levels by request", { a = { b = { c = { d = { e = 1 } } } }, x = 1 },
        lines("{", "  a: {", "    b: { c: { d: { e: 1 } } }", "  },", "  x: 1", "}"), { depth = math.huge } },
      { "empty tables at any depth", { { { {} } } }, "[ [ [ {} ] ] ]" },
      { "a cycle", cycle, "<ref *1> { name: 'c', self: [Circular *1] }" },
      { "two cycles", cycles, "<ref *1> { x: <ref *2> { p: [Circular *1], x: [Circular *2] } }" },
      { "a value twice without calling it a cycle", { cycle.name, cycle.name }, "[ 'c', 'c' ]" },
      { "how many items are left out", { 1, 2, 3, 4, k = 1 },
        "[ 1, 2, ... 2 more items, k: 1 ]", { maxArrayLength = 2 } },
      { "one item left out", { 1, 2, 3 }, "[ 1, 2, ... 1 more item ]", { maxArrayLength = 2 } },
      { "a short sequence on a line", numbers(6), "[ 0, 1, 2, 3, 4, 5 ]" },
      { "a longer one in columns", numbers(7), lines("[", "  0, 1, 2, 3,", "  4, 5, 6", "]") },
      { "numbers to the right", numbers(27), lines("[",
        "   0,  1,  2,  3,  4,  5,  6,  7,", "   8,  9, 10, 11, 12, 13, 14, 15,",
        "  16, 17, 18, 19, 20, 21, 22, 23,", "  24, 25, 26", "]") },
      { "text to the left", { "中文", "aaa", "bb", "c", "d", "e", "f", "g中" },
        lines("[", "  '中文', 'aaa',", "  'bb',   'c',", "  'd',    'e',", "  'f',    'g中'", "]") },
      { "what does not fit one entry a line", { long1 = ("a"):rep(29), long2 = ("a"):rep(29) },
        lines("{", "  long1: '" .. ("a"):rep(29) .. "',", "  long2: '" .. ("a"):rep(29) .. "'", "}") },
      { "up to 71 columns and a comma on a line", { a = ("x"):rep(29), b = ("y"):rep(26) },
        "{ a: '" .. ("x"):rep(29) .. "', b: '" .. ("y"):rep(26) .. "' }" },
      { "one column more on two lines", { a = ("x"):rep(29), b = ("y"):rep(27) },
        lines("{", "  a: '" .. ("x"):rep(29) .. "',", "  b: '" .. ("y"):rep(27) .. "'", "}") },
      { "more where the line is longer", { a = ("x"):rep(40), b = ("y"):rep(40) },
        "{ a: '" .. ("x"):rep(40) .. "', b: '" .. ("y"):rep(40) .. "' }", { breakLength = 120 } },
      { "one entry a line by request", { a = { b = 1 } },
        lines("{", "  a: {", "    b: 1", "  }", "}"), { compact = false } },
    }
  end)

  describe("of objects", function()
    local listeners = debug.upvalueid(each, 1) -- any light userdata
    each {
      { "their class", class({ __name = "Point" }, { x = 1 }), "Point { x: 1 }" },
      { "their class when empty", class({ __name = "Empty" }), "Empty {}" },
      { "their class and length", class({ __name = "List" }, { 1, 2 }), "List(2) [ 1, 2 ]" },
      { "their class when too deep", { { { class({ __name = "Point" }, { x = 1 }) } } }, "[ [ [ [Point] ] ] ]" },
      { "what __tostring says", { class({ __tostring = function() return "a point" end }) }, "[ a point ]" },
      { "what __inspect says, in its order",
        class { __name = "Server", __inspect = function()
          return { { "listening", "0.0.0.0:8124" }, { "connections", 3 } }
        end },
        "Server { listening: '0.0.0.0:8124', connections: 3 }" },
      { "no hidden keys", { [listeners] = {}, a = 1 }, "{ a: 1 }" },
    }
  end)

  describe("never fails", function()
    local function fail() error("no") end
    local nested = {}
    for _ = 1, 100000 do nested = { nested } end
    local inside = class { __tostring = function(self) return "<" .. inspect { self, self } .. ">" end }
    each {
      { "tables whose metamethods raise", class({ __index = fail, __len = fail, __pairs = fail, __tostring = fail,
        __inspect = fail, __eq = fail, __lt = fail, __metatable = false, __name = 5 }, { a = 1 }), "{ a: 1 }" },
      { "tables whose metamethods answer nonsense", class({ __tostring = function() return 1 end,
        __inspect = function() return { 1 } end }, { a = 1 }), "{ a: 1 }" },
      { "a __tostring that inspects itself", inside, "<[ {}, {} ]>" },
      { "errors whose fields raise", class { __name = "Error", __index = fail }, "[Error]" },
      { "options that are nonsense", { a = 1 }, "{ a: 1 }", { depth = "x", breakLength = {}, maxArrayLength = true } },
    }
    it("and says so when a table is too deep for Lua", function()
      assert.matches("^%[table that cannot be shown: .*stack overflow", inspect(nested, { depth = math.huge }))
    end)
  end)

  describe("of errors", function()
    local traceback = "stack traceback:\n\tfoo.lua:1: in function 'foo'\n\t[C]: in ?"
    local function bad() return err { name = "TypeError", message = "bad", code = "ERR_X", traceback = traceback } end
    each {
      { "name and message in brackets", err { name = "Error", message = "boom" }, "[Error: boom]" },
      { "the name alone", err {}, "[Error]" },
      { "the code and the traceback", bad(),
        lines("TypeError [ERR_X]: bad", "    at foo.lua:1: in function 'foo'", "    at [C]: in ?") },
      { "where they come from and their other fields",
        err { name = "Error", message = "m", code = "EADDRINUSE", where = "a.lua:3 (net.Server:listen)", port = 1 },
        lines("Error [EADDRINUSE]: m", "    at a.lua:3 (net.Server:listen) {", "  port: 1", "}") },
      { "fields on the line of brackets", err { message = "m", errno = -1 }, "[Error: m] { errno: -1 }" },
      { "nested ones indented", { e = bad() },
        lines("{", "  e: TypeError [ERR_X]: bad", "      at foo.lua:1: in function 'foo'", "      at [C]: in ?", "}") },
      { "messages of several lines indented", { err { message = "a\nb" } }, lines("[", "  [Error: a", "  b]", "]") },
      { "their cause", err { message = "m", where = "a.lua:1", cause = "why" },
        lines("Error: m", "    at a.lua:1 {", "  [cause]: 'why'", "}") },
      { "the errors of an aggregate", err { name = "AggregateError", message = "all", errors = { bad(), err {} } },
        lines("[AggregateError: all] {", "  [errors]: [", "    TypeError [ERR_X]: bad",
          "        at foo.lua:1: in function 'foo'", "        at [C]: in ?,", "    [Error]", "  ]", "}") },
      { "their name when too deep", { { { err { name = "TypeError", message = "m", port = 1 } } } },
        "[ [ [ [TypeError] ] ] ]" },
    }
  end)

  describe("in colours", function()
    local cycle = {}
    cycle.c = cycle
    local colors = { colors = true }
    each {
      { "values", { a = 1, b = "s", c = true, d = print }, "{\n  a: \27[33m1\27[39m,\n  b: \27[32m's'\27[39m,\n"
        .. "  c: \27[33mtrue\27[39m,\n  d: \27[36m[Function (builtin)]\27[39m\n}", { colors = true, compact = 0 } },
      { "nil", nil, "\27[90mnil\27[39m", colors },
      { "cycles", cycle, "\27[36m<ref *1>\27[39m { c: \27[36m[Circular *1]\27[39m }", colors },
      { "lines of the same length as without", { ("a"):rep(29), ("b"):rep(29) },
        "[ \27[32m'" .. ("a"):rep(29) .. "'\27[39m, \27[32m'" .. ("b"):rep(29) .. "'\27[39m ]", colors },
    }
  end)
end)
