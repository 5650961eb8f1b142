-- moonport_test_spec.lua - `moonport test`: what it reports of the tests in spec/fixtures/, word by word (NAME.txt beside
-- them, and NAME.OUTPUT.txt in another form), its options and exit codes, and busted without it.
local helper = require "spec.helper"

-- A report without what differs from run to run: ports, durations, dates.
local function plain(text)
  return (text:gsub(":%d%d%d%d%d?%f[%D]", ":PORT"):gsub("%d+%.%d+ seconds", "N seconds")
    :gsub(" time='[%d.]+'", " time='N'"):gsub(" timestamp='[^']*'", " timestamp='T'"))
end

local function moonport_test(arguments, before)
  return helper.shell((before or "") .. 'exec timeout -k 1 100 "$M" test ' .. arguments)
end

-- Attributes come in any order.
local function sorted(xml)
  return (xml:gsub("<([%w]+) ([^<>]-)(/?)>", function(tag, attributes, slash)
    local list = {}
    for attribute in attributes:gmatch "%S+='[^']*'" do list[#list + 1] = attribute end
    table.sort(list)
    return ("<%s %s%s>"):format(tag, table.concat(list, " "), slash)
  end))
end

-- RECORD=1 in the environment writes the files anew.
local function same_as_record(name, text)
  local path = "spec/fixtures/" .. name .. ".txt"
  if os.getenv "RECORD" then helper.write_file(path, text) end
  assert.equal(helper.read_file(path), text)
end

describe("moonport test", function()
  for name, code in pairs { good = 0, failing = 1, erroring = 1, hanging = 1, leaking = 1 } do
    it(("reports tests: %s"):format(name), function()
      local result = moonport_test(("spec/fixtures/%s.lua"):format(name))
      same_as_record(name, plain(result.out))
      assert.same({ "", code }, { result.err, result.code })
    end)
  end

  for name, arguments in pairs { erroring = "-o TAP -v", hanging = "--output=TAP --verbose", failing = "-o junit" } do
    it(("reports them in other forms: %s, by %s"):format(name, arguments), function()
      local result = moonport_test(("%s spec/fixtures/%s.lua"):format(arguments, name))
      local form = arguments:match "TAP" or "junit"
      same_as_record(name .. "." .. form, sorted(plain(result.out)))
      assert.same({ "", 1 }, { result.err, result.code })
    end)
  end

  it("reports on several files, in all of busted's forms", function()
    for _, form in ipairs { "utfTerminal", "plainTerminal", "gtest", "json", "TAP", "junit" } do
      local result = moonport_test(("-o %s spec/fixtures/good.lua spec/fixtures/leaking.lua"):format(form))
      assert.equal(1, result.code, form .. ": " .. result.out .. result.err)
      assert.equal("", result.err)
      local _, count = result.out:gsub("left behind:", "")
      assert.equal(form == "json" and count or 4, count, form .. ": " .. result.out)
    end
  end)

  it("lets tests leave things open: --keep-handles", function()
    local result = moonport_test "-o TAP --keep-handles --filter-out=follows spec/fixtures/leaking.lua"
    assert.equal(0, result.code, result.out .. result.err)
    assert.falsy(result.out:find "not ok")
  end)

  it("has a time limit for all: --timeout, and none for 0", function()
    local file = helper.write_file(helper.path "_spec.lua", [[
      local async = require "async"
      it("takes 200 ms", function() async.sleep(200) end)
    ]])
    local result = moonport_test("-o TAP --timeout=20 " .. file)
    assert.equal(1, result.code)
    assert.truthy(result.out:find(":2: it took more than 20 ms; it waits here:", 1, true), result.out)
    assert.equal(0, moonport_test("--timeout=0 " .. file).code)
  end)

  it("refuses wrong options in one line, with 2", function()
    for option, said in pairs {
      ["--nonsense"] = "unknown/bad flag: --nonsense; see moonport test --help",
      ["--timeout=long"] = "argument to --timeout must be a number of ms; see moonport test --help",
      ["--timeout"] = "option --timeout requires a value to be set; see moonport test --help",
      ["--keep-handles=1"] = "flag --keep-handles=1 does not take a value; see moonport test --help",
      ["--config-file=/nowhere"] = "specified config file '/nowhere' not found",
      ["-o nothing"] = "there is no output handler 'nothing'; see moonport test --help",
      ["--lang=nothing"] = "there is no language 'nothing'; see moonport test --help",
      ["--loaders=nothing"] = "there is no loader 'nothing'; see moonport test --help",
      ["--helper=nothing"] = "there is no helper 'nothing'; see moonport test --help",
      ["-C /nowhere/at/all"] = "there is no folder '/nowhere/at/all'; see moonport test --help",
      ["-e 'x = ='"] = "-e:1: unexpected symbol near '='; see moonport test --help",
      ["-t a --exclude-tags=a"] = "Cannot use --tags and --exclude-tags for the same tags",
    } do
      local result = moonport_test("spec/fixtures/good.lua " .. option)
      assert.same({ "", "moonport test: " .. said .. "\n", 2 }, { result.out, result.err, result.code })
    end
  end)

  it("takes an output handler and a helper of one's own, also from another folder", function()
    local folder = helper.path()
    assert(os.execute("mkdir -p " .. helper.quote(folder .. "/src")))
    helper.write_file(folder .. "/src/mine.lua", "return require 'busted.outputHandlers.TAP'")
    helper.write_file(folder .. "/src/before.lua", "print '# before'")
    helper.write_file(folder .. "/a_spec.lua", "it('passes', function() end)")
    for arguments, before in pairs { ["a_spec.lua"] = ("M=$(realpath \"$M\"); cd %s; "):format(helper.quote(folder)),
      ["-C " .. helper.quote(folder) .. " a_spec.lua"] = "" } do
      local result = moonport_test("-o mine --helper=before " .. arguments, before)
      assert.same({ "# before\nok 1 - passes\n1..1\n", "", 0 }, { result.out, result.err, result.code })
    end
  end)

  it("shows the lines of tests in a folder named lua", function()
    local folder = helper.path()
    assert(os.execute("mkdir -p " .. helper.quote(folder .. "/lua")))
    helper.write_file(folder .. "/lua/a_spec.lua", "it('fails', function()\n  error(Error 'x')\nend)")
    for _, root in ipairs { "lua", "lua/", "lua/a_spec.lua" } do
      local result = moonport_test("-o plainTerminal " .. root, ("M=$(realpath \"$M\"); cd %s; "):format(helper.quote(folder)))
      assert.truthy(result.out:find("\n./lua/a_spec.lua:2: Error: x\n", 1, true), result.out)
    end
  end)

  it("reads a file .busted", function()
    local folder = helper.path()
    assert(os.execute("mkdir -p " .. helper.quote(folder .. "/spec")))
    helper.write_file(folder .. "/.busted", [[
      return {
        default = { timeout = 20, ["keep-handles"] = true, output = "TAP", lua = "no-such-interpreter" },
        patient = { timeout = 20000 },
      }
    ]])
    helper.write_file(folder .. "/spec/a_spec.lua", [[
      local async = require "async"
      it("takes 200 ms", function() async.sleep(200) end)
      it("leaves a timer", function() setTimeout(print, 60000) end)
    ]])
    local there = ("M=$(realpath \"$M\"); cd %s && "):format(helper.quote(folder))
    local result = moonport_test("", there)
    assert.equal(1, result.code)
    assert.truthy(result.out:find "^not ok 1 .-it took more than 20 ms.-\nok 2 ", result.out)
    assert.equal(0, moonport_test("--timeout=20000", there).code)
    assert.equal(1, moonport_test("--run=patient", there).code) -- the timer
    assert.equal(0, moonport_test("--run=patient --keep-handles", there).code)
  end)

  it("repeats, shuffles, filters and lists", function()
    local result = moonport_test "-o TAP --repeat=3 --shuffle --seed=1 spec/fixtures/good.lua"
    assert.equal(0, result.code, result.out .. result.err)
    local _, count = result.out:gsub("%f[^\n\0]ok ", "")
    assert.equal(18, count, result.out)
    result = moonport_test "-o TAP --filter=time spec/fixtures/good.lua"
    assert.equal("ok 1 - A server may take its time\n1..1\n", result.out)
    result = moonport_test "--list spec/fixtures/leaking.lua"
    assert.truthy(result.out:find("leaking.lua:8: A leaking test leaves a server\n", 1, true), result.out)
    assert.equal(0, result.code)
    assert.equal(1, moonport_test("--no-keep-going spec/fixtures/leaking.lua").code)
  end)

  it("measures the coverage of callbacks as well", function()
    local folder = helper.path()
    assert(os.execute("mkdir -p " .. helper.quote(folder .. "/luacov")))
    helper.write_file(folder .. "/luacov/runner.lua", [[ -- as luacov is loaded by busted, hooks and reports
      local runner, lines = { configuration = { exclude = {} } }, {}
      local function hook(_, line)
        if debug.getinfo(2, "S").source:find "covered" then lines[line] = true end
      end
      local exit = os.exit
      function os.exit(...)
        for line = 1, 100 do if lines[line] then io.write(" ", line) end end
        exit(...)
      end
      return setmetatable(runner, { __call = function() debug.sethook(hook, "l") end })
    ]])
    local file = helper.write_file(folder .. "/covered_spec.lua", table.concat({
      'it("waits", function(done)',
      "  setTimeout(function()",
      "    process.nextTick(function()",
      "      done()",
      "    end)",
      "  end, 1)",
      "  require('async').sleep(1)",
      "  if not done then",
      "    error()",
      "  end",
      "end)" }, "\n"))
    local result = moonport_test("-o TAP --coverage " .. file, ("LUA_PATH=%s "):format(helper.quote(folder .. "/?.lua;;")))
    assert.equal("ok 1 - waits\n1..1\n 1 2 3 4 5 6 7 8 11", result.out, result.err)
    result = moonport_test("--coverage " .. file)
    if result.code ~= 0 then assert.truthy(result.err:find "LuaCov not found", result.err) end
  end)

  it("says which test ended the program, or cannot be stopped", function()
    local name = "spec/fixtures/ending.lua A test "
    for filter, expected in pairs {
      ["program$"] = { 1, "the program was ended, with exit code 0, within: " .. name .. "ends the program" },
      wait = { 7, "the program was ended, with exit code 7, within: " .. name .. "ends the program after a wait" },
      stopped = { 1, name .. "cannot be stopped: it took more than 1 ms; it is busy here, and cannot be stopped" },
    } do
      local result = moonport_test(("-o TAP --filter='%s' spec/fixtures/ending.lua"):format(filter))
      assert.same({ expected[1], "moonport test: " .. expected[2] .. "\n" }, { result.code, result.err })
    end
  end)

  it("lets a test take uncaught errors itself", function()
    local file = helper.write_file(helper.path "_spec.lua", [[
      it("takes it", function(done)
        process.once("uncaughtException", function(err)
          assert.equal("boom", err)
          done()
        end)
        process.nextTick(error, "boom", 0)
      end)
    ]])
    local result = moonport_test("-o TAP " .. file)
    assert.equal("ok 1 - takes it\n1..1\n", result.out, result.err)
  end)

  it("has busted's help, with its own options", function()
    local result = moonport_test "--help"
    assert.same({ "", 0 }, { result.err, result.code })
    assert.truthy(result.out:find "^Usage: moonport test %[OPTIONS%]", result.out)
    for _, option in ipairs { "--timeout=MS", "--keep-handles", "--output=LIBRARY" } do
      assert.truthy(result.out:find(option, 1, true), option)
    end
  end)

  it("fails where there is no test, no folder, no busted", function()
    local result = moonport_test "/nonexistent"
    assert.equal(1, result.code, result.out .. result.err)
    assert.truthy(result.out:find("Cannot find file or directory: /nonexistent", 1, true), result.out)
    result = moonport_test("spec", "LUA_PATH=/nonexistent/?.lua ")
    assert.same({ "", 1 }, { result.out, result.code })
    assert.truthy(result.err:find("^moonport test: busted is not installed"), result.err)
  end)
end)

describe("moonport.test's run", function()
  it("ends what a run leaves when its time is over, and the next one does not find it", function()
    local file = helper.write_file(helper.path "_spec.lua", [[
      local async, net, run = require "async", require "net", require "moonport.test".run
      it("loops", function()
        local ok, err = pcall(run, function()
          net.createServer():listen(0, "127.0.0.1"):serve(print)
          async.spawn(function() while true do async.sleep(1) end end)
          async.spawn(function() while true do pcall(async.sleep, 1) end end)
          async.spawn(function() async.queue():get() end)
        end, { timeout = 50 })
        assert.is_false(ok)
        assert.truthy(err:find "the run took more than 50 ms; open: Server 127%.0%.0%.1:%d+ made at .*:4", err)
      end)
      it("follows", function()
        run(function() setTimeout(function() assert.same({}, async.tasks()) end, 5) end)
      end)
    ]])
    local busted = helper.shell("command -v busted").out:match "%S+"
    for _, how in ipairs { "test", busted } do
      local result = helper.shell(('exec timeout 60 "$M" %s -o TAP %s'):format(how, file))
      assert.same({ "ok 1 - loops\nok 2 - follows\n1..2\n", 0 }, { result.out, result.code }, result.err)
    end
  end)
end)

describe("busted without it", function()
  it("runs in moonport as any script does", function()
    local busted = helper.shell("command -v busted").out:match "%S+"
    local file = helper.write_file(helper.path "_spec.lua", [[
      local net = require "net"
      it("waits", function()
        local server = net.createServer():listen(0, "127.0.0.1")
        server:serve(function(socket) socket:send(socket:receive "l") end)
        local socket = assert(net.connect(server:address().port, "127.0.0.1"):wait "connect")
        socket:send "hello\n"
        assert.equal("hello", socket:receive "a")
        socket:destroy()
        server:close():wait "close"
      end)
      it("fails", function() assert.equal(1, os.getenv "FAIL" and 2 or 1) end)
    ]])
    local result = helper.shell(('exec timeout 20 "$M" %s -o TAP %s'):format(busted, file))
    assert.same({ "ok 1 - waits\nok 2 - fails\n1..2\n", 0 }, { result.out, result.code }, result.err)
    result = helper.shell(('FAIL=1 exec timeout 20 "$M" %s -o TAP %s'):format(busted, file))
    assert.truthy(result.out:find "^ok 1 %- waits\nnot ok 2", result.out)
    assert.equal(1, result.code)
  end)
end)
