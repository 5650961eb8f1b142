-- console_spec.lua - lua/console.lua, lua/format.lua and lua/util.lua: what a script prints. The expected texts are
-- what node 20 prints for the same calls, in Lua's words (nil; rows counted from 1).

if not pcall(require, "moonport.console") then -- stock lua5.4: the modules are the files of lua/
  table.insert(package.searchers, 2, function(name)
    local file = package.searchpath(name:match("^moonport%.([%w_]+)$") or "", "./lua/?.lua")
    return file and assert(loadfile(file)), file
  end)
end
local console = require "moonport.console"
local util = require "moonport.util"

local function lines(...) return table.concat({ ... }, "\n") end

-- What f writes: the texts of each write to standard output and standard error
local function writes(f)
  local out, errors = {}, {}
  local function recorder(list)
    return { write = function(self, text) list[#list + 1] = text return self end }
  end
  local stdout, stderr = io.stdout, io.stderr
  io.stdout, io.stderr = recorder(out), recorder(errors) -- luacheck: ignore 122
  local ok, problem = pcall(f)
  io.stdout, io.stderr = stdout, stderr -- luacheck: ignore 122
  assert(ok, problem)
  return out, errors
end

local function printed(f) return table.concat((writes(f))) end
local function complained(f) return table.concat((select(2, writes(f)))) end

describe("util.format", function()
  local cycle = {}
  cycle.cycle = cycle
  local cases = {
    { "", n = 0 },
    { "%%", "%%" }, { "%", "%" }, { "% a", "%% %s", "a" }, { "%a", "%%%s", "a" }, { "a% b", "a%", "b" },
    { "%d", "%d" }, { "a %s", "%s %s", "a" }, { "%x b", "%x", "b" },
    { "a b { a: 'x' } c\nd", "a", "b", { a = "x" }, "c\nd" },
    { "1 b", 1, "b" }, { "nil nil true", nil, nil, true, n = 3 }, { "x nil", "x", nil, n = 2 },
    { "-0.0 1.5 nil true \27", "%s %s %s %s %s", -0.0, 1.5, nil, true, "\27", n = 6 },
    { "{ a: [Table] } {}", "%s %s", { a = { b = 1 } }, {} },
    { "3.5 12 16 NaN NaN NaN", "%d %d %d %d %d %d", 3.5, "12", "0x10", "x", {}, nil, n = 7 },
    { "3 1000000000000000 1e+300 NaN", "%d %d %d %d", 3.0, 1e15, 1e300, 0 / 0 },
    { "3 -3 12 16 NaN", "%i %i %i %i %i", 3.9, -3.9, "12abc", "0x10", true },
    { "1.5 3 150 NaN", "%f %f %f %f", "1.5abc", 3.0, "1.5e2", "z" },
    { "{ a: { b: { c: [Table] } } }", "%O", { a = { b = { c = { d = 1 } } } } },
    { lines("{", "  a: { b: { c: { d: 1 } } }", "}"), "%o", { a = { b = { c = { d = 1 } } } } },
    { " x", "%c x", "color: red" },
    { [=[{"a":1} [1,[2]] null "a/b\\/"]=], "%j %j %j %j", { a = 1, f = print }, { 1, { 2 } }, nil, [[a/b\/]], n = 5 },
    { "[null,null] {\"7\":1}", "%j %j", { 0 / 0, print }, { [7] = 1 } },
    { "[Circular]", "%j", cycle },
  }
  for _, case in ipairs(cases) do
    it("makes " .. case[1], function()
      assert.equal(case[1], util.format(table.unpack(case, 2, (case.n or #case - 1) + 1)))
    end)
  end

  it("says what %j needs", function()
    local loaded, searchers = package.loaded.cjson, package.searchers
    package.loaded.cjson, package.searchers = nil, {}
    local text = util.format("%j", {})
    package.loaded.cjson, package.searchers = loaded, searchers
    assert.equal("[cjson missing: install lua-cjson]", text)
  end)

  it("passes options on to what it inspects", function()
    assert.equal("x \27[33m1\27[39m", util.formatWithOptions({ colors = true }, "x", 1))
    assert.equal("1", util.formatWithOptions({ colors = true }, "%s", 1))
  end)
end)

describe("console", function()
  it("writes log, info and debug to standard output, one write a call", function()
    local out, errors = writes(function()
      console.log("%s is", "x", 1)
      console.info({ 1 })
      console.debug()
    end)
    assert.same({ "x is 1\n", "[ 1 ]\n", "\n" }, out)
    assert.same({}, errors)
  end)

  it("writes error and warn to standard error", function()
    local out, errors = writes(function()
      console.error("a\nb")
      console.warn("c")
    end)
    assert.same({}, out)
    assert.same({ "a\nb\n", "c\n" }, errors)
  end)

  it("uses colours only if the host says so", function()
    console._colors = true
    local text = printed(function() console.log("a", 1) console.dir(2) console.dir(3, { colors = false }) end)
    console._colors = false
    assert.equal("a \27[33m1\27[39m\n\27[33m2\27[39m\n3\n", text)
  end)

  it("dir quotes strings and takes options", function()
    assert.equal("'str'\n{ a: [Table] }\n", printed(function()
      console.dir("str")
      console.dir({ a = { b = 1 } }, { depth = 0 })
    end))
  end)

  it("trace prints where it was called", function()
    local function caller()
      console.trace("hi %d", 3)
      console.trace()
    end
    local text = complained(caller)
    assert.matches("^Trace: hi 3\n    at [^\n]*console_spec.lua:%d+: in [^\n]+\n", text)
    assert.matches("\nTrace\n    at [^\n]*console_spec.lua:%d+: in [^\n]+\n", text)
    assert.not_matches("lua/console.lua", text)
  end)

  it("assert complains only if it fails", function()
    local text = complained(function()
      console.assert(1, "no")
      console.assert(false)
      console.assert(nil, "msg %d", 1, 2)
      console.assert(false, { a = 1 })
    end)
    assert.equal(lines("Assertion failed", "Assertion failed: msg 1 2", "Assertion failed: { a: 1 }", ""), text)
  end)

  it("group indents every line of what follows, on both streams", function()
    local out, errors = writes(function()
      console.group("G")
      console.log("a\nb")
      console.group()
      console.error("e")
      console.groupEnd()
      console.groupEnd()
      console.groupEnd()
      console.log("y")
    end)
    assert.same({ "G\n", "  a\n  b\n", "y\n" }, out)
    assert.same({ "    e\n" }, errors)
  end)

  it("count counts by label", function()
    local out, errors = writes(function()
      console.count()
      console.count()
      console.count("x")
      console.countReset()
      console.count()
      console.countReset("nope")
    end)
    assert.same({ "default: 1\n", "default: 2\n", "x: 1\n", "default: 1\n" }, out)
    assert.same({ "Warning: Count for 'nope' does not exist\n" }, errors)
  end)

  it("time measures by label", function()
    local out, errors = writes(function()
      console.time("t")
      console.time("t")
      console.timeLog("t", "data", { 1 })
      console.timeEnd("t")
      console.timeEnd("t")
    end)
    assert.matches("^t: [%d.]+ms data %[ 1 %]\n$", out[1])
    assert.matches("^t: [%d.]+ms\n$", out[2])
    assert.same({
      "Warning: Label 't' already exists for console.time()\n", "Warning: No such label 't' for console.timeEnd()\n",
    }, errors)
  end)

  it("time is the clock's, not the processor's", function()
    local out = printed(function()
      console.time()
      assert(io.popen("sleep 0.05")):close()
      console.timeEnd()
    end)
    assert.is_true(tonumber(out:match "default: ([%d.]+)ms") >= 50, out)
  end)

  local times = {
    [0] = "0ms", [123400] = "0.123ms", [100000000] = "100ms", [12345600] = "12.346ms", [1000000000] = "1.000s",
    [1234567800] = "1.235s", [61234500000] = "1:01.234 (m:ss.mmm)", [3723456700000] = "1:02:03.457 (h:mm:ss.mmm)",
  }
  for nanoseconds, text in pairs(times) do
    it("time prints " .. text, function()
      local core = package.loaded["moonport.core"]
      local now = 0
      package.loaded["moonport.core"] = { process = { hrtime = function() return now end } }
      local out = printed(function()
        console.time()
        now = nanoseconds
        console.timeEnd()
      end)
      package.loaded["moonport.core"] = core
      assert.equal("default: " .. text .. "\n", out)
    end)
  end

  local tables = {
    { "rows of keys", { { a = 1, b = "x" }, { a = 2, c = true } }, nil,
      "┌─────────┬───┬─────┬──────┐", "│ (index) │ a │ b   │ c    │", "├─────────┼───┼─────┼──────┤",
      "│ 1       │ 1 │ 'x' │      │", "│ 2       │ 2 │     │ true │", "└─────────┴───┴─────┴──────┘" },
    { "sequences as rows", { { 1, 2 }, { 3, 4 } }, nil,
      "┌─────────┬───┬───┐", "│ (index) │ 1 │ 2 │", "├─────────┼───┼───┤",
      "│ 1       │ 1 │ 2 │", "│ 2       │ 3 │ 4 │", "└─────────┴───┴───┘" },
    { "values", { 1, "x" }, nil,
      "┌─────────┬────────┐", "│ (index) │ Values │", "├─────────┼────────┤",
      "│ 1       │ 1      │", "│ 2       │ 'x'    │", "└─────────┴────────┘" },
    { "rows and values with names", { x = { a = { b = 1 } }, y = 5 }, nil,
      "┌─────────┬──────────┬────────┐", "│ (index) │ a        │ Values │", "├─────────┼──────────┼────────┤",
      "│ x       │ { b: 1 } │        │", "│ y       │          │ 5      │", "└─────────┴──────────┴────────┘" },
    { "chosen columns", { { a = 1, b = 2 } }, { "b" },
      "┌─────────┬───┐", "│ (index) │ b │", "├─────────┼───┤", "│ 1       │ 2 │", "└─────────┴───┘" },
    { "wide characters", { { ["名字"] = "中文" } }, nil,
      "┌─────────┬────────┐", "│ (index) │ 名字   │", "├─────────┼────────┤",
      "│ 1       │ '中文' │", "└─────────┴────────┘" },
    { "long cells cut short", { { { 2, 3, 4, 5 }, { a = 1, b = 2, c = 3 } } }, nil,
      "┌─────────┬──────────────────────────────┬─────────┐", "│ (index) │ 1                            │ 2       │",
      "├─────────┼──────────────────────────────┼─────────┤", "│ 1       │ [ 2, 3, 4, ... 1 more item ] │ [Table] │",
      "└─────────┴──────────────────────────────┴─────────┘" },
    { "nothing", {}, nil, "┌─────────┐", "│ (index) │", "├─────────┤", "└─────────┘" },
    { "other values as log does", "s", nil, "s" },
  }
  for _, case in ipairs(tables) do
    it("table draws " .. case[1], function()
      assert.equal(lines(table.unpack(case, 4)) .. "\n", printed(function() console.table(case[2], case[3]) end))
    end)
  end
end)

describe("util", function()
  it("strips colours, cursor movements, titles and links", function()
    assert.equal("red x link z", util.stripVTControlCharacters(
      "\27[1;31mred\27[0m \27]0;title\7x \27]8;;http://a\27\\link\27]8;;\27\\ \27[2Kz"))
    assert.equal("red", util.stripVTControlCharacters "\u{9B}31mred\u{9B}0m")
    local _, err = pcall(util.stripVTControlCharacters)
    assert.equal('The "str" argument must be of type string. Received nil', err.message)
  end)

  it("inherits methods, metamethods and what is added later", function()
    local Base = { __tostring = function(self) return "<" .. self.name .. ">" end }
    Base.__index = Base
    function Base:hello() return "hello " .. self.name end
    local Door = { __len = function() return 1 end }
    setmetatable(Door, { __call = function(class, name) return setmetatable({ name = name }, class) end })
    util.inherits(Door, Base)
    function Base:bye() return "bye " .. self.name end
    function Door:hello() return "door: " .. Door.super_.hello(self) end
    local door = Door("d")
    assert.same({ "door: hello d", "bye d", "<d>", 1 }, { door:hello(), door:bye(), tostring(door), #door })
    assert.equal("<d>", util.inspect(door))
  end)

  it("checks the classes of inherits", function()
    local _, err = pcall(util.inherits, nil, {})
    assert.equal('The "ctor" argument must be of type table. Received nil', err.message)
    _, err = pcall(util.inherits, {}, 1)
    assert.equal('The "superCtor" argument must be of type table. Received type number (1)', err.message)
    assert.equal("ERR_INVALID_ARG_TYPE", err.code)
  end)
end)
