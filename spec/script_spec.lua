-- script_spec.lua - the command line: what runs, with which arguments and modules, how it ends and what it says then.
-- Every script here has a process of its own.
local helper = require "spec.helper"
local script, shell = helper.script, helper.shell

-- Runs a script and compares; `expected`: out, err (exactly, or a function), code or signal.
local function expect(expected, source, options)
  local got = script(source, options)
  local shown = ("%s\n-- out: %s-- err: %s"):format(source, got.out, got.err)
  assert.equal(expected.out or "", got.out, shown)
  if type(expected.err) == "function" then assert.is_true(expected.err(got.err, got.file), shown)
  else assert.equal(expected.err or "", got.err, shown) end
  assert.equal(expected.signal, got.signal, shown)
  if not expected.signal then assert.equal(expected.code or 0, got.code, shown) end
  return got
end

-- A shell command line, its output and status.
local function says(out, command, code)
  local got = shell(command)
  assert.same({ out, "", code or 0 }, { got.out, got.err, got.code })
end

local function has(...)
  local texts = { ... }
  return function(err, file)
    local from = 1
    for _, text in ipairs(texts) do
      local _, to = err:find(text:gsub("FILE", function() return file end), from, true)
      if not to then return false end
      from = to + 1
    end
    return true
  end
end

describe("The command line", function()
  it("gives a script its arguments: arg, ... and process.argv", function()
    local got = script([[
      print(..., select("#", ...), #arg, arg[0], arg[-1] ~= nil)
      print(process.argv[1] == arg[0], process.argv[2], process.argv[3], process.argv[4], process.argv[0] == arg[-1])
    ]], { args = { "one", "--two", "" } })
    assert.equal(("one\t3\t3\t%s\ttrue\ntrue\tone\t--two\t\ttrue\n"):format(got.file), got.out)
  end)

  it("runs -e, -l, standard input and what follows --", function()
    says("1\n2\n", [["$M" -e "print(1)" -e 'print(2)']])
    says("x\n", [["$M" -e'print("x")']])
    says("true\tnet\n", [["$M" -l net -e 'print(package.loaded.net ~= nil, "net")']])
    says("nil\t-e\n", [["$M" -e 'print(..., arg[1])']])
    local file = helper.write_file(helper.path ".lua", "print(before, ...)")
    says("set\ta\n", ([["$M" -e 'before = "set"' '%s' a]]):format(file))
    says("piped\n", [[echo 'print "piped"' | "$M"]])
    says("dash\ta b\n", [[echo 'print("dash", ...)' | "$M" - "a b"]])
    says("read\n", [[echo read | "$M" -e 'print(io.read())']])
    says("nil\ta\n", ([["$M" -- '%s' a]]):format(file))
    says("", [["$M" /dev/null]])
    says("", [["$M" </dev/null]])
  end)

  it("shows help and version, and what is wrong with it", function()
    local version = shell [["$M" -v]]
    assert.truthy(version.out:find "^moonport %d+%.%d+%.%d+, Lua 5%.4%.%d+, libuv 1%.[%d.]+\n$")
    for _, option in ipairs { "-V", "--version" } do assert.equal(version.out, shell('"$M" ' .. option).out) end
    local help = shell [["$M" --help]]
    assert.truthy(help.out:find "^usage: moonport %[options%] %[script %[arguments%]%]\n")
    assert.same({ 0, "" }, { help.code, help.err })
    for _, wrong in ipairs { "-x", "--nonsense", "-e", "-l" } do
      local got = shell('"$M" ' .. wrong)
      assert.same({ 2, "" }, { got.code, got.out })
      assert.truthy(got.err:find("^moonport: [^\n]*'" .. wrong:gsub("%-", "%%-") .. "'; see moonport %-%-help\n$"), got.err)
    end
  end)

  it("fails with 1 for a script that is missing, wrong or compiled", function()
    local missing = shell [["$M" /nowhere/script.lua]]
    assert.same({ 1, "" }, { missing.code, missing.out })
    assert.truthy(missing.err:find "^moonport: cannot open /nowhere/script.lua[^\n]*\n$")
    expect({ code = 1, err = has("moonport: ", "FILE:2: ", "near '='") }, "\nlocal = x")
    local got = shell [["$M" -e "x ="]]
    assert.same({ 1, "" }, { got.code, got.out })
    assert.truthy(got.err:find "^moonport: %(command line%):1: ")
    expect({ code = 1, err = has("<name> expected near 'end'", "socket:finish()") }, "socket:end()")
    expect({ code = 1, err = has("cannot run FILE: it is compiled Lua") }, string.dump(function() end))
  end)

  it("runs a script with a shebang, as a command of its own", function()
    local file = helper.write_file(helper.path ".lua", ("#!%s\nprint('made', ...)"):format(
      io.popen("realpath " .. helper.quote(helper.moonport)):read "l"))
    says("made\tx\n", ("chmod +x '%s'; '%s' x"):format(file, file))
  end)

  it("finds modules in the script's folder, then the built-ins, then along package.path", function()
    local folder = helper.path()
    os.execute(("mkdir -p '%s/script' '%s/other'"):format(folder, folder))
    for place, modules in pairs { script = { "own", "net", "events" }, other = { "own", "path", "net", "timers" } } do
      for _, name in ipairs(modules) do
        helper.write_file(("%s/%s/%s.lua"):format(folder, place, name), ("return { from = '%s' }"):format(place))
      end
    end
    helper.write_file(folder .. "/script/main.lua", [[
      for _, name in ipairs { "own", "path", "net", "events", "timers", "node:net", "moonport:events", "cjson" } do
        local ok, module = pcall(require, name)
        print(name, ok and (module.from or "built in") or module)
      end
      print(require "timers" == require "node:timers", require "node:net" == require "moonport:net")
      print(pcall(require, "node:nothing"))
    ]])
    local got = shell(("cd '%s/other' && \"$M\" ../script/main.lua"):format(folder))
    assert.truthy(got.out:find("own\tscript\npath\tother\nnet\tscript\nevents\tscript\ntimers\tbuilt in\n"
      .. "node:net\tbuilt in\nmoonport:events\tbuilt in\ncjson\tbuilt in\ntrue\ttrue\nfalse\tmodule 'node:nothing' not found",
      1, true), got.out .. got.err)
  end)

  it("has all of Node's modules by all of their names", function()
    local list = helper.read_file "bindings/api.c":match "public_modules%[%] = {(.-)NULL"
    local names = {}
    for name in list:gmatch '"([%l_]+)"' do names[#names + 1] = name end
    assert.is_true(#names >= 14)
    local got = script([[for _, name in ipairs(arg) do
      local module = require(name)
      local same = module == require("node:" .. name) and module == require("moonport:" .. name)
      if type(module) ~= "table" or not same then print(name) end
    end]], { args = names })
    assert.same({ "", "" }, { got.out, got.err })
    local page = helper.read_file "docs/moonport.1"
    local readme = helper.read_file "README.md":match "\n%- %*%*Modules%*%*: (.-); `node:net`"
    for _, name in ipairs(names) do
      assert.truthy(readme:find("`" .. name .. "`", 1, true), "README.md lacks the module " .. name)
      if name ~= "moonport" then assert.truthy(page:find("\n%.B%u? " .. name .. "[ \n]"), "the manual lacks " .. name) end
    end
  end)

  it("heeds LUA_PATH and LUA_INIT", function()
    local folder = helper.path()
    os.execute(("mkdir '%s'"):format(folder))
    helper.write_file(folder .. "/there.lua", "return 'found'")
    says("found\n", ("LUA_PATH_5_4='%s/?.lua;;' \"$M\" -e 'print((require \"there\"))'"):format(folder))
    says("first\nsecond\n", [[LUA_INIT='print "first"' "$M" -e 'print "second"']])
  end)
end)

describe("An uncaught error", function()
  it("is shown with the script's line and traceback, nothing else, and ends with 1", function()
    expect({ code = 1, out = "before\n", err = has("moonport: FILE:2: attempt to index a nil value (global 'nothing')\n"
      .. "stack traceback:\n\t", "FILE:2: in ") }, "print 'before'\nprint(nothing.field)\nprint 'never'")
    expect({ code = 1, err = has("moonport: FILE:2: in a timer\nstack traceback:\n", "FILE:2: in ",
      "FILE:3: in ", "[timer]") },
      "local function f()\nerror 'in a timer' end setTimeout(function()\nf() print 'x' end, 1) setTimeout(print, 1000, 'never')")
    expect({ code = 1, err = has("FILE:2: in data\nstack traceback:\n", "[listener of 'data' on net.Socket 127.0.0.1:",
      "created at FILE:4]") }, [[local net = require "net"
      local function on_data() error "in data" end
      local s = net.createServer(function(p) p:finish "x" end):listen(0, "127.0.0.1", function(...) end)
      local c = net.connect(s:address().port, "127.0.0.1")
      c:on("data", on_data)]])
  end)

  it("is shown with the script's line also where the script lies in a folder named lua", function()
    local folder = helper.path()
    os.execute(("mkdir -p '%s/lua/lua'"):format(folder))
    helper.write_file(folder .. "/lua/part.lua", "return function()\n  error(Error 'x') end")
    helper.write_file(folder .. "/lua/main.lua", [[local s = require "net".Socket()
      print(arg[0])
      s:on("close", require "part")
      s:destroy()]])
    local got = shell(("cd '%s' && \"$M\" lua/main.lua"):format(folder))
    assert.equal("lua/main.lua\n", got.out)
    assert.truthy(got.err:find("moonport: Error: x\nstack traceback:\n\t./lua/part.lua:2: in ", 1, true), got.err)
    assert.truthy(got.err:find("[listener of 'close' on net.Socket, created at ./lua/main.lua:1]", 1, true), got.err)
  end)

  it("that is an error object shows its code, its place and its fields", function()
    expect({ code = 1, err = has("moonport: Error [EADDRINUSE]: listen EADDRINUSE: address already in use 127.0.0.1:",
      "at FILE:2", "errno: -98", "syscall: listen", "address: 127.0.0.1", "port: ") }, [[
      local net = require "net" local s = net.createServer():listen(0, "127.0.0.1")
      net.createServer():listen(s:address().port, "127.0.0.1")]])
    expect({ code = 1, err = has("moonport: TypeError [ERR_INVALID_ARG_TYPE]: The \"callback\" argument", "FILE:2") },
      "\nsetTimeout 'x'")
    expect({ code = 1, err = has("moonport: Error: plain\n", "FILE:1") }, "error(Error 'plain')")
  end)

  for value, shown in pairs {
    ["nil"] = "(error object is a nil value)\n", ["'text'"] = "text\n", ["5"] = "5\n",
    ["true"] = "(error object is a boolean value)\n",
    ["print"] = "(error object is a function value)\n", ["{ message = 'm' }"] = "Error: m\n",
    ["{ code = 'C', name = 'N' }"] = "N [C]\n", ["{ 1 }"] = "(error object is a table value)\n",
    ["setmetatable({}, { __tostring = function() return 'own text' end })"] = "own text\n",
    ["setmetatable({}, { __tostring = function() error 'again' end, __index = error, __name = {} })"] = "",
    ["setmetatable({ message = setmetatable({}, { __tostring = error }), name = 5 }, getmetatable(Error 'x'))"] = "5: ",
  } do
    it("of any kind is shown: reporting cannot fail: " .. value, function()
      expect({ code = 1, err = has("moonport: " .. shown) }, ("error(%s, 0)"):format(value))
      expect({ code = 1, err = has("moonport: " .. shown) }, ("setImmediate(error, %s, 0)"):format(value))
    end)
  end

  it("escapes what a peer could have sent to a terminal", function()
    local got = expect({ code = 1, err = has "\\x1b[31mred\\x07\\x00\\x7f" }, [[error("\27[31mred\7\0\127\r", 0)]])
    assert.is_nil(got.err:find "[\27\7\0\127\r]")
  end)

  it("may be taken by 'uncaughtException'; one that raises ends with its own error", function()
    expect({ out = "taken\tfirst\ngoes on\n" }, [[process.on("uncaughtException", function(e) print("taken", e) end)
      setTimeout(print, 5, "goes on") error("first", 0)]])
    expect({ code = 1, out = "exit\t1\n", err = has "moonport: second" }, [[process.on("exit", function(c) print("exit", c) end)
      process.on("uncaughtException", function() error("second", 0) end) setTimeout(print, 5, "never") error("first", 0)]])
  end)

  it("is told to 'exit' listeners; in one of them it changes the code", function()
    expect({ code = 1, out = "exit\t1\n", err = has "gone" }, [[process.on("exit", function(c) print("exit", c) end)
      setImmediate(error, "gone", 0)]])
    expect({ code = 1, out = "one\n", err = has "in exit" },
      [[process.on("exit", function() print "one" error "in exit" end) process.on("exit", function() print "two" end)]])
    expect({ code = 1, err = has "in beforeExit" }, [[process.on("beforeExit", function() error "in beforeExit" end)]])
  end)
end)

describe("process.exit and os.exit", function()
  -- where -> a script in which EXIT(n) is called there
  local places = {
    ["the main chunk"] = "EXIT(7)",
    ["a function that pcall calls"] = "pcall(function() EXIT(7) end) print 'never'",
    ["xpcall's handler"] = "xpcall(error, function() EXIT(7) end, 'x') print 'never'",
    ["a coroutine"] = "coroutine.wrap(function() EXIT(7) end)() print 'never'",
    ["a coroutine in a coroutine"] = [[coroutine.resume(coroutine.create(function()
      coroutine.wrap(function() EXIT(7) end)() print 'never' end)) print 'never']],
    ["table.sort"] = "table.sort({ 1, 2, 3 }, function() EXIT(7) end) print 'never'",
    ["string.gsub"] = "(('x'):gsub('x', function() EXIT(7) end)) print 'never'",
    ["a metamethod"] = "local _ = setmetatable({}, { __index = function() EXIT(7) end }).x print 'never'",
    ["__tostring"] = "tostring(setmetatable({}, { __tostring = function() EXIT(7) end })) print 'never'",
    ["__close"] = "do local x <close> = setmetatable({}, { __close = function() EXIT(7) end }) end print 'never'",
    ["__gc"] = "setmetatable({}, { __gc = function() EXIT(7) end }) collectgarbage() print 'never'",
    ["a module being required"] = "package.preload.m = function() EXIT(7) end require 'm' print 'never'",
    ["a timer"] = "setTimeout(function() EXIT(7) print 'never' end, 1) setTimeout(print, 2, 'never')",
    ["an interval"] = "setInterval(function() EXIT(7) end, 1)",
    ["an immediate"] = "setImmediate(function() EXIT(7) end) setImmediate(print, 'never')",
    ["a task"] = "require 'async'.spawn(function() EXIT(7) print 'never' end) print 'never'",
    ["a task that has waited"] = "require 'async'.spawn(function() require 'async'.sleep(1) EXIT(7) print 'never' end)",
    ["a main chunk that is a task"] = "local me = require 'async'.current() EXIT(7) print(me)",
    ["a tick"] = "process.nextTick(function() EXIT(7) end) process.nextTick(print, 'never')",
    ["a listener of its own"] = [[local e = require "events"()
      e:on("e", function() EXIT(7) end) e:on("e", print) e:emit "e" print "never"]],
    ["'beforeExit'"] = "process.on('beforeExit', function() EXIT(7) end)",
    ["'exit'"] = "process.on('exit', function() EXIT(7) print 'never' end)",
    ["'uncaughtException'"] = "process.on('uncaughtException', function() EXIT(7) end) error 'x'",
    ["a signal"] = [[process.on("SIGUSR2", function() EXIT(7) end)
      process.kill(process.pid, "SIGUSR2") setTimeout(print, 2000, "never")]],
  }
  for _, event in ipairs { "connection", "listening", "connect", "data", "end", "finish", "close", "lookup", "readable",
    "timeout" } do
    places["'" .. event .. "'"] = ([[local net = require "net"
      local function on(object) object:on("%s", function() EXIT(7) print "never" end) return object end
      local server = on(net.createServer(function(peer) on(peer):setTimeout(5) peer:resume():write "x" end))
      server:listen(0, "localhost", function()
        local client = on(net.connect(server:address().port, "localhost")):setTimeout(20)
        client:resume():write("x", function() end) setTimeout(function() client:finish() end, 50)
      end)]]):format(event)
  end
  for place, source in pairs(places) do
    it(("end the program in %s, with their code, output and open sockets"):format(place), function()
      for _, how in ipairs { "process.exit", "os.exit" } do
        expect({ code = 7, out = "before" .. (place == "'exit'" and "\texit\t0" or "\texit\t7") .. "\n" }, [[
          io.write "before"
          process.on("exit", function(code) print("\texit\t" .. code) end)
          ]] .. source:gsub("EXIT", how))
      end
    end)
  end

  it("take the codes that exist", function()
    for call, code in pairs {
      ["os.exit()"] = 0, ["os.exit(true)"] = 0, ["os.exit(false)"] = 1, ["os.exit(3)"] = 3, ["os.exit(3, true)"] = 3,
      ["process.exit()"] = 0, ["process.exit(256 + 4)"] = 4, ["process.exit(-1)"] = 255, ["process.exit('5')"] = 5,
      ["process:exit(6)"] = 6, ["process.exitCode = 8"] = 8, ["process.exitCode = 8 process.exit()"] = 8,
      ["process.exitCode = 8 process.exit(0)"] = 0, ["process.exitCode = 8.0"] = 8,
      ["process.on('exit', function() process.exitCode = 9 end)"] = 9,
      ["process.on('exit', function(c) process.exit(c + 1) end) process.exit(1)"] = 2,
    } do expect({ code = code }, call) end
    for _, wrong in ipairs { "1.5", "'x'", "{}", "0/0", "1e300" } do
      expect({ code = 0, out = "false\n" }, ("print((pcall(process.exit, %s)))"):format(wrong))
    end
  end)
end)

describe("The end of a script", function()
  it("comes when nothing referenced is left: 'beforeExit' may go on, then 'exit'", function()
    expect({ out = "beforeExit\ntimer\nbeforeExit\nexit\t0\n" }, [[
      local more = true
      process.on("beforeExit", function()
        print "beforeExit"
        if more then more = false setTimeout(print, 1, "timer") end
      end)
      process.on("exit", function(code) print("exit", code) setTimeout(print, 1, "never") end)
      setTimeout(print, 5000, "never"):unref()
      require "net".createServer():listen(0):unref()]])
    expect({ code = 3, out = "exit\t3\n" }, [[process.on("exit", function(c) print("exit", c) end)
      process.on("beforeExit", print) process.exit(3)]])
  end)

  it("flushes what was written, to a pipe too, whatever wrote it and in its order", function()
    local expected = "1\n2\n3\n4\n" .. ("x"):rep(300000) .. "\n"
    local source = [[print(1) io.write "2\n" console.log(3) io.stdout:write("4\n") io.write(("x"):rep(300000), "\n")]]
    for _, ending in ipairs { "", "os.exit(0)", "process.exit(0)", "table.sort({ 1, 2 }, function() os.exit(0) end)" } do
      expect({ out = expected }, source .. ending)
      local file = helper.write_file(helper.path ".lua", source .. ending)
      assert.equal(expected, shell(('"$M" %s | cat'):format(file)).out)
    end
  end)

  it("hands joined writes to the kernel", function()
    expect({ out = "bye\n" }, [[
      local net = require "net"
      local server = net.createServer():listen(0, "127.0.0.1")
      local child = io.popen(arg[1] .. " -e 'require \"net\".connect(" .. server:address().port
        .. ", \"127.0.0.1\"):on(\"data\", io.write):on(\"end\", print)'", "w")
      server:on("connection", function(socket) socket:write "bye" process.exit(0) end)
      child = nil]], { args = { helper.moonport } })
  end)

  it("comes quietly when nobody reads its output any more", function()
    local file = helper.write_file(helper.path ".lua", "setInterval(function() print(('x'):rep(5000)) end, 0)")
    local got = shell(('{ timeout 10 "$M" %s; echo "$?" >%s.code; } | head -c 10; sleep 0.1'):format(file, file))
    assert.same({ "xxxxxxxxxx", "" }, { got.out, got.err })
    assert.not_equal("124\n", helper.read_file(file .. ".code"))
  end)
end)

describe("busted in the program", function()
  it("ends with its own code, although it exits in a coroutine under pcall", function()
    local file = helper.write_file(helper.path "_spec.lua", [[
      it("passes", function() assert.equal(arg and 1, 1) end)
      if os.getenv "FAIL" then it("fails", function() assert.equal(1, 2) end) end]])
    for fail, code in pairs { [""] = 0, ["FAIL=1"] = 1 } do
      local got = shell(('%s "$M" "$(command -v busted)" -o TAP %s'):format(fail, file))
      assert.same({ code, "" }, { got.code, got.err }, got.out)
      assert.truthy(got.out:find("1.." .. code + 1, 1, true), got.out)
    end
  end)
end)

describe("A failing run of moonport.test", function()
  it("ends at once, also while a name is looked up and with what that opens", function()
    expect({ out = "false\tfails\n" }, [[
      local test, net = require "moonport.test", require "net"
      print(pcall(test.run, function()
        net.createServer():listen { port = 0, host = "localhost" }
        net.connect(1, "localhost")
        error("fails", 0)
      end))]])
  end)
end)

describe("A signal", function()
  for name, number in pairs { SIGINT = 2, SIGTERM = 15, SIGHUP = 1 } do
    it(name .. " ends the program as by the signal, flushed, with its Unix sockets removed", function()
      local source = ([[
        io.write "written"
        local net = require "net"
        reserved = net.BoundSocket { path = arg[2] }
        moved = net.createServer():listen(net.BoundSocket { path = arg[3] })
        net.createServer():listen(arg[1], function() process.kill(process.pid, "%s") end)
        setTimeout(print, 3000, "never")]]):format(name)
      local paths = { helper.path ".sock", helper.path ".sock", helper.path ".sock" }
      local options = { args = paths, before = "trap - INT HUP TERM;" }
      expect({ signal = number, out = "written" }, source, options)
      for _, path in ipairs(paths) do assert.is_false(helper.exists(path)) end
      expect({ out = "written" .. name .. "\n" }, "process.on('" .. name .. "', function(n) print(n) os.exit(0) end)"
        .. source, options)
    end)
  end

  it("interrupts a busy script: the main chunk, a callback, a coroutine, even under pcall", function()
    for _, busy in ipairs { "while true do end", "setImmediate(function() while true do end end)",
      "coroutine.wrap(function() while true do end end)()", "while true do pcall(function() while true do end end) end",
      "while true do pcall(string.rep, 'x', 100) end" } do
      local file = helper.write_file(helper.path ".lua", "print 'busy' io.flush()" .. busy)
      local got = shell(('timeout -k 1 -s TERM 0.3 "$M" %s; echo $?'):format(file))
      assert.equal("busy\n124\n", got.out, busy) -- 137 had it taken SIGKILL
    end
  end)

  it("that is ignored from outside stays ignored, and SIGPIPE never kills, here or by default a child", function()
    says("alive\n", [[trap "" HUP; "$M" -e 'process.kill(process.pid, "SIGHUP") setTimeout(print, 20, "alive")']])
    expect({ out = "alive\n0\n" }, [[process.kill(process.pid, "SIGPIPE") print "alive"
      local ignored = io.popen "grep SigIgn /proc/self/status":read "a":match "(%x+)\n"
      print(tonumber(ignored, 16) >> 12 & 1)]], { before = "trap - PIPE;" })
  end)
end)

describe("The program", function()
  it("may open as many descriptors as it is allowed", function()
    local got = script([[print(io.popen "ulimit -Sn":read "a" == io.popen "ulimit -Hn":read "a")]], { before = "ulimit -Sn 60;" })
    assert.equal("true\n", got.out)
  end)

  it("defines Node's globals and no others", function()
    local got = script [[
      local own = {}
      for name in pairs(_G) do own[#own + 1] = name end
      table.sort(own)
      print(table.concat(own, " "))]]
    local stock = "_G _VERSION arg assert collectgarbage coroutine debug dofile error getmetatable io ipairs load loadfile "
      .. "math next os package pairs pcall print rawequal rawget rawlen rawset require select setmetatable string table "
      .. "tonumber tostring type utf8 warn xpcall"
    local ours = "AbortController AbortSignal Buffer Error RangeError TypeError clearImmediate clearInterval clearTimeout "
      .. "console process setImmediate setInterval setTimeout"
    local expected = {}
    for name in (stock .. " " .. ours):gmatch "%S+" do expected[#expected + 1] = name end
    table.sort(expected)
    assert.equal(table.concat(expected, " ") .. "\n", got.out)
  end)
end)
