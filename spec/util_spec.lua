-- util_spec.lua - the module util but for format and inherits (console_spec) and for what inspect shows (inspect_spec):
-- its options, comparing, colours, debuglog, names of system errors. What is as in Node is in spec/parity/util_*.
local helper = require "spec.helper"
local util = require "util"
local inspect, equal = util.inspect, util.isDeepStrictEqual
local raises = helper.raises

local function class(meta, fields) return setmetatable(fields or {}, meta) end

describe("util.inspect", function()
  it("asks the class: for parts, or for the whole text, with what is left of the depth", function()
    local asked = {}
    local Door = { __name = "Door" }
    function Door.__inspect(door, depth, options)
      asked[#asked + 1] = { depth, options.colors }
      return "Door of " .. rawget(door, "room")
    end
    local door = class(Door, { room = "hall" })
    assert.equal("Door of hall", inspect(door))
    assert.equal("{ a: { b: Door of hall } }", inspect { a = { b = door } })
    inspect(door, { depth = 5, colors = true })
    assert.same({ { 2 }, { 0 }, { 5, true } }, asked)
    assert.equal("Door { room: 'hall' }", inspect(door, { customInspect = false }))
    Door[inspect.custom] = function() return { { "room", 1 } } end
    assert.equal("Door { room: 1 }", inspect(door))
    Door[inspect.custom] = error
    assert.equal("Door { room: 'hall' }", inspect(door))
  end)

  it("does not ask __tostring either where it is told so", function()
    local point = class { __tostring = function() return "a point" end }
    assert.equal("a point", inspect(point))
    assert.equal("{}", inspect(point, { customInspect = false }))
    assert.matches("^FILE%*: ", inspect(io.stdout, { customInspect = false }))
  end)

  it("indents a text of several lines", function()
    local lines = class { __inspect = function() return "a\nb" end }
    assert.equal("{\n  x: a\n  b\n}", inspect { x = lines })
  end)

  it("has defaults that a script may change, for console and format too", function()
    local kept = inspect.defaultOptions
    local deep = { a = { b = { c = { d = 1 } } } }
    inspect.defaultOptions = { depth = 0 }
    local texts = { inspect(deep), util.format("%O", deep), inspect(deep, { depth = 1 }), inspect { 1, { 2 } } }
    inspect.defaultOptions = kept
    assert.same({ "{ a: [Table] }", "{ a: [Table] }", "{ a: { b: [Table] } }", "[ 1, [Table] ]" }, texts)
    assert.equal("{ a: { b: { c: [Table] } } }", inspect(deep))
    kept.numericSeparator = true
    local text = inspect(12345)
    kept.numericSeparator = false
    assert.equal("12_345", text)
  end)

  it("separates thousands on request", function()
    local separate = { numericSeparator = true }
    local cases = { [0] = "0", [-999] = "-999", [1000] = "1_000", [-1234567] = "-1_234_567", [1234.5678] = "1_234.567_8",
      [0.125] = "0.125", [1e100] = "1e+100", [math.huge] = "inf" }
    for number, text in pairs(cases) do assert.equal(text, inspect(number, separate)) end
  end)

  it("refuses options of format that are none", function()
    raises("ERR_INVALID_ARG_TYPE", util.formatWithOptions, 5, "x")
    raises("ERR_INVALID_ARG_TYPE", util.formatWithOptions, nil, "x")
  end)
end)

describe("util.isDeepStrictEqual", function()
  local function cycle(inside)
    local value = { x = inside }
    value.self = { value }
    return value
  end
  local meta, shared = {}, { 1 }
  local cases = {
    { "numbers whatever they are made of", 1, 1.0, true }, { "nan", 0 / 0, 0 / 0, true },
    { "zeros and their signs", 0.0, -0.0, false },
    { "numbers and texts", 1, "1", false }, { "nil", nil, nil, true }, { "nil and false", nil, false, false },
    { "lists", { 1, { 2, "x" } }, { 1, { 2, "x" } }, true }, { "lists in another order", { 1, 2 }, { 2, 1 }, false },
    { "a longer list", { 1 }, { 1, 2 }, false }, { "a shorter list", { 1, 2 }, { 1 }, false },
    { "fields", { a = 1, b = { c = 2 } }, { b = { c = 2 }, a = 1 }, true },
    { "a field more", { a = 1 }, { a = 1, b = 2 }, false },
    { "a field less", { a = 1, b = 2 }, { a = 1 }, false }, { "other names", { a = 1 }, { b = 1 }, false },
    { "deep differences", { a = { b = { c = 1 } } }, { a = { b = { c = 2 } } }, false },
    { "one class", class(meta, { 1 }), class(meta, { 1 }), true }, { "two classes", class(meta, { 1 }), class({}, { 1 }), false },
    { "a class and none", class(meta), {}, false }, { "functions", print, print, true },
    { "other functions", print, type, false },
    { "keys that are tables", { [shared] = 1 }, { [shared] = 1 }, true },
    { "such keys by what they are", { [{}] = 1 }, { [{}] = 1 }, false },
    { "errors by what they say", Error("a", { code = "X" }), Error("a", { code = "X" }), true },
    { "errors of other codes", Error("a", { code = "X" }), Error("a", { code = "Y" }), false },
    { "errors with fewer fields", Error("a", { code = "X" }), Error "a", false },
    { "errors with more fields", Error "a", Error("a", { code = "X" }), false },
    { "cycles", cycle(1), cycle(1), true }, { "cycles that differ", cycle(1), cycle(2), false },
    { "userdata", io.stdout, io.stdout, true }, { "other userdata", io.stdout, io.stderr, false },
    { "a table twice", { shared, shared }, { { 1 }, { 1 } }, true },
  }
  for _, case in ipairs(cases) do
    it("compares " .. case[1], function()
      assert.equal(case[4], equal(case[2], case[3]))
      assert.equal(case[4], equal(case[3], case[2]))
    end)
  end

  it("runs no code of the tables", function()
    local function fail() error "called" end
    local strict = { __index = fail, __eq = fail, __pairs = fail, __len = fail, __metatable = false }
    assert.is_true(equal(class(strict, { 1 }), class(strict, { 1 })))
    assert.is_false(equal(class(strict, { 1 }), class(strict, { 2 })))
  end)
end)

describe("util.styleText", function()
  local always = { validateStream = false }

  it("puts codes around a text, the first style outermost", function()
    assert.equal("\27[31mx\27[39m", util.styleText("red", "x", always))
    assert.equal("\27[1m\27[4mx\27[24m\27[22m", util.styleText({ "bold", "underline" }, "x", always))
    assert.equal("x", util.styleText({}, "x", always))
    assert.equal(util.styleText("gray", "x", always), util.styleText("grey", "x", always))
    assert.equal("x", util.stripVTControlCharacters(util.styleText("bgRedBright", "x", always)))
  end)

  it("does so where console does, or a terminal is", function()
    local console = require "console"
    local kept, terminal = console._colors, require "net".Socket()
    console._colors = false
    local plain = { util.styleText("red", "x"), util.styleText("red", "x", { stream = terminal }), util.styleText("red", "x", 5) }
    console._colors, terminal.isTTY = true, true
    local red = { util.styleText("red", "x"), util.styleText("red", "x", { stream = terminal }) }
    console._colors = kept
    assert.same({ "x", "x", "x" }, plain)
    assert.same({ "\27[31mx\27[39m", "\27[31mx\27[39m" }, red)
  end)

  it("refuses other styles, and what is no text", function()
    assert.matches("^The argument 'format' must be one of: 'reset', .* Received 'nope'$",
      raises("ERR_INVALID_ARG_VALUE", util.styleText, "nope", "x").message)
    raises("ERR_INVALID_ARG_VALUE", util.styleText, { "red", 5 }, "x")
    raises("ERR_INVALID_ARG_VALUE", util.styleText, nil, "x")
    raises("ERR_INVALID_ARG_TYPE", util.styleText, "red", 5)
    raises("ERR_INVALID_ARG_TYPE", util.styleText, "red", "x", { validateStream = 5 })
    raises("ERR_INVALID_ARG_TYPE", util.styleText, "red", "x", { stream = 5 })
  end)
end)

describe("util.debuglog", function()
  local source = [[
    local log = require "util".debuglog(...)
    log("%d and %s", 5, "x", { 1 })
    print(log.enabled)]]
  local function run(debug, section)
    return helper.script(source, { args = { section }, before = "export NODE_DEBUG=" .. debug .. ";" })
  end

  it("prints on standard error what NODE_DEBUG asks for", function()
    for _, value in ipairs { "net", "fs,NET", "'fs, net'", "'n*'", "'*'" } do
      local got = run(value, "net")
      assert.matches("^NET %d+: 5 and x %[ 1 %]\n$", got.err)
      assert.equal("true\n", got.out)
    end
  end)

  it("prints nothing else", function()
    for _, value in ipairs { "''", "fs", "network", "ne", "n.t", "'*x'" } do
      local got = run(value, "net")
      assert.same({ "", "false\n" }, { got.err, got.out })
    end
    raises("ERR_INVALID_ARG_TYPE", util.debuglog, 5)
  end)
end)

describe("util.getSystemErrorName", function()
  it("knows the numbers of errors", function()
    helper.run(function()
      local server = require "net".createServer():listen(0, "127.0.0.1")
      local port = server:address().port
      server:close()
      require "net".connect(port, "127.0.0.1"):on("error", helper.must(function(err)
        assert.equal("ECONNREFUSED", util.getSystemErrorName(err.errno))
        assert.equal(err.code, util.getSystemErrorName(err.errno))
      end))
    end)
    assert.equal("Unknown system error -123456", util.getSystemErrorName(-123456))
  end)

  it("takes negative integers only", function()
    for _, wrong in ipairs { 0, 5, -1.5, -0x80000001, 0 / 0, -math.huge } do
      raises("ERR_OUT_OF_RANGE", util.getSystemErrorName, wrong)
    end
    for _, wrong in ipairs { "-111", true, {} } do raises("ERR_INVALID_ARG_TYPE", util.getSystemErrorName, wrong) end
  end)
end)
