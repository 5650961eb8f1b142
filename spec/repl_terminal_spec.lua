-- repl_terminal_spec.lua - the prompt on a terminal: keys, the screen, what callbacks print above a half-typed line, Ctrl-C,
-- pasted text, completion, and that the terminal is left as it was. What lines mean: repl_spec.
local helper = require "spec.helper"
local terminal = require "spec.terminal"
local prompt = require "spec.prompt"
local BANNER, plain, keys, see = prompt.BANNER, prompt.plain, prompt.keys, prompt.see
local ctrl_c, ctrl_d, enter, tab, kill, ended =
  prompt.ctrl_c, prompt.ctrl_d, prompt.enter, prompt.tab, prompt.kill, prompt.ended
local test = prompt.tests(it, pending)

-- Plays, and compares the screen at the end.
local function screen(expected, steps, options)
  local got = terminal.play(steps, options)
  assert.equal(BANNER .. expected, plain(got.screen))
  return got
end

describe("The prompt on a terminal", function()
  test("shows values, in colours unless NO_COLOR or TERM=dumb forbid it", function()
    screen("> 1 + 1\n2\n> 'a', { 1 }\n'a'     [ 1 ]\n> x\nnil\n>", { "1 + 1", "'a', { 1 }", "x", see "> ", kill })
    for env, colored in pairs { ["NO_COLOR=1"] = false, ["NO_COLOR="] = true, ["NO_COLOR= TERM=dumb"] = false } do
      local got = terminal.play({ "6 * 7", see "42", "error 'x'", see ": x", "console.log({ 1 })", see "[", see "> ", kill },
        { env = env })
      for _, text in ipairs { "\27[33m42\27[39m\r\n", "\27[31mstdin:1: x\27[39m", "[ \27[33m1\27[39m ]" } do
        assert.equal(colored, got.bytes:find(text, 1, true) ~= nil, env .. text)
      end
    end
  end)

  test("is ready before anything is loaded that it does not need yet", function()
    local source = "local list = {} for name in pairs(package.loaded) do list[#list + 1] = name:match '^moonport%.(.*)' end "
      .. "table.sort(list) return table.concat(list, ' ')"
    screen("> " .. source .. "\n'core emitter globals process repl repl_chunk repl_history timers'\n>",
      { source, see "timers'\r\n", see "> ", kill }, { columns = 200 })
  end)

  test("shows who waits, and pages of help", function()
    local got = terminal.play { "t = async.spawn(async.sleep, 60000)", ".tasks", see "sleep   made at stdin:1", ".help net.isIP",
      see "net.isIP(", see "> ", kill }
    assert.truthy(got.screen:find("\n> .tasks\nwaiting  for %d+.%d s  sleep   made at stdin:1\n> .help net.isIP\nnet.isIP%("))
  end)

  test("is left by Ctrl-D, .exit and a second Ctrl-C, with 0; the terminal is as it was", function()
    for _, leaving in ipairs { { see "> ", ctrl_d }, { ".exit" }, { see "> ", ctrl_c, see "leave", see "> ", ctrl_c } } do
      leaving[#leaving + 1] = ended
      local got = terminal.play(leaving)
      assert.same({ 0, true }, { got.code, got.restored })
      assert.equal("", got.cursor)
    end
  end)

  test("leaves the terminal as it was whatever ends the program", function()
    for how, steps in pairs {
      ["signal 15"] = { see "> ", keys "half", see "half", { "signal", "15" } },
      ["signal 1"] = { see "> ", keys "half", see "half", { "signal", "1" } },
      ["signal 11"] = { see "> ", keys "half", see "half", { "signal", "11" } },
      ["signal 6"] = { see "> ", keys "half", see "half", { "signal", "6" } },
      ["signal 3"] = { see "> ", keys "half", see "half", keys "\28" },
      ["exit 5"] = { "setTimeout(os.exit, 10, 5) and nil" },
      ["exit 6"] = { "setTimeout(function() table.sort({ 1, 2 }, function() os.exit(6) end) end, 10) and nil" },
      ["exit 7"] = { "process.exit(7)" },
      ["exit 1"] = { "process.on('exit', function() error 'in exit' end) and nil", ".exit" },
    } do
      if not (helper.sanitized and (how == "signal 11" or how == "signal 6")) then -- the sanitizer's own
        steps[#steps + 1] = ended
        local got = terminal.play(steps)
        assert.equal(how, got.signal and "signal " .. got.signal or "exit " .. got.code)
        assert.is_true(got.restored, how)
        assert.truthy(got.bytes:find "\27%[%?2004l[^h]*$", how .. ": bracketed paste is on")
      end
    end
  end)

  test("can be stopped and goes on", function()
    screen("> half typed", { see "> ", keys "half ", see "half ", { "signal", "20" }, { "signal", "18" }, see "half ",
      keys "typed", see "typed", kill })
  end)

  test("keeps its handlers when a listener of a signal has gone", function()
    local got = terminal.play { "process.once('SIGTERM', print) and nil", see "> ", { "signal", "15" }, see "SIGTERM", "1 + 1",
      see "2", see "> ", { "signal", "15" }, ended }
    assert.same({ 15, true }, { got.signal, got.restored })
  end)

  test("follows the size of the window", function()
    -- to its beginning it goes up by a row where there are 40 columns only
    local long, redrawn = ("x"):rep(30), see "> xxx"
    terminal.play { see "> ", keys(long), see(long), { "size", "40 24" }, redrawn, keys(long .. "\1"), see "\27[A", kill }
  end)
end)

describe("What callbacks print", function()
  test("appears above the half-typed line, parts of lines as well", function()
    screen("> setTimeout(function() print 'timer' io.write 'no end' end, 50) and nil\nnil\ntimer\nno end\n> half typed",
      { "setTimeout(function() print 'timer' io.write 'no end' end, 50) and nil", see "> ", keys "half ", see "half ",
        see "no end", see "half ", keys "typed", see "typed", kill })
  end)

  test("may be written by process.stdout and process.stderr", function()
    local source = "t = setTimeout(function() process.stdout:write 'one\\n' process.stderr:write 'two\\nthree' end, 50)"
    screen("> " .. source .. "\none\ntwo\nthree\n> half typed", { source, see "> ", keys "half ", see "half ", see "three",
      see "half ", keys "typed", see "typed", kill }, { columns = 120 })
  end)

  test("appears above a line of several rows, with the cursor where it was", function()
    local long = "'" .. ("0123456789"):rep(10) .. "'"
    local source = "t = setTimeout(function() print 'one\\ntwo' console.error 'three' end, 100)"
    local got = screen("> " .. source .. "\none\ntwo\nthree\n> " .. long:sub(1, 78) .. "\n" .. long:sub(79),
      { source, see "> ", keys(long .. "\2\2\2"), see "three", see "9'", keys "\6", see "\27[C", kill })
    assert.equal(long:sub(79, -3), got.cursor)
  end)

  test("may be an error, which ends nothing", function()
    screen("> t = setTimeout(function() error 'bad' end, 50)\nUncaught stdin:1: bad\nstack traceback:\n"
      .. "        [C]: in function 'error'\n        stdin:1: in function <stdin:1>\n        [timer]\n> _error\n'stdin:1: bad'\n>",
      { "t = setTimeout(function() error 'bad' end, 50)", see "> ", keys "_err", see "_err", see "[timer]", see "_err",
        keys "or\r", see "bad'", see "> ", kill })
  end)

  test("may be 1,000 lines a second: no key is lost, nothing garbled", function()
    local steps = { "n = 0", "t = setInterval(function() n = n + 1 print('line ' .. n) if n == 2000 then t:close() end end, 1)" }
    local text = "typed = 'every single key of this'"
    for i = 1, #text do
      steps[#steps + 1] = see(("line %d\r\n"):format(i * 50))
      steps[#steps + 1] = keys(text:sub(i, i))
    end
    for _, step in ipairs { see "line 2000\r\n", see(text), enter, "typed", see "this'", see "> ",
      kill } do steps[#steps + 1] = step end
    local got = terminal.play(steps)
    local expected = {}
    for i = 1, 2000 do expected[i] = "line " .. i end
    local shown = table.concat(expected, "\n") .. "\n> " .. text .. "\n> typed\n'every single key of this'\n>"
    assert.truthy(got.screen:find("\n" .. shown, 1, true),
      got.screen:sub(-2000))
  end)

  test("comes from a server that serves while one types", function()
    local path = helper.path ".sock"
    local server = "s = net.createServer(function(c) print 'somebody' c:finish 'served' end):listen('%s')"
    local got = terminal.play({ server:format(path),
      ("c = net.connect('%s'):on('data', print)"):format(path), see "> ", keys "s.listen", see "served", see "s.listen",
      keys "ing\r", see "true", see "> ", kill })
    assert.truthy(got.screen:find("somebody\nserved\n> s.listening\ntrue\n>", 1, true), got.screen)
  end)
end)

describe("An entry that waits", function()
  test("is shown to wait; what is typed meanwhile is entered when it has ended", function()
    screen("> async.sleep(300)\nwaiting> 1 + 1\ntrue\n2\n>", { "async.sleep(300)", see "waiting> ", keys "1 + 1\r", see "true",
      see "2", see "> ", kill })
    screen("> async.sleep(300)\ntrue\n> half typed", { "async.sleep(300)", see "waiting> ", keys "half ", see "true",
      see "half ",
      keys "typed", see "typed", kill })
  end)

  test("is cancelled by Ctrl-C, and nothing else is: servers, timers, other tasks", function()
    screen("> t = async.spawn(function() async.sleep(1e6) end)\n> pcall(async.sleep, 1e6)\nwaiting> ^C\nfalse   [CancelledError "
      .. "[ECANCELED]: the task was cancelled]\n> t.status\n'waiting'\n"
      .. "> async.sleep(1e6)\nwaiting> ^C\ncancelled\n> _error.code\n'ECANCELED'\n>",
      { "t = async.spawn(function() async.sleep(1e6) end)", "pcall(async.sleep, 1e6)", see "waiting> ", ctrl_c, see "cancelled",
        "t.status", "async.sleep(1e6)", see "waiting> ", ctrl_c, see "cancelled", "_error.code", see "ECANCELED", see "> ",
          kill })
  end)

  test("that yields to nobody is given up by Ctrl-C, or goes on when somebody resumes it", function()
    screen("> coroutine.yield()\nwaiting> ^C\ngiven up\n> 1\n1\n>", { "coroutine.yield()", see "waiting> ", ctrl_c, "1",
      see "1\r\n", see "> ", kill })
    local resumed = "local co = coroutine.running() setTimeout(coroutine.resume, 50, co) return coroutine.yield(), 'resumed'"
    screen("> " .. resumed .. "\nnil     'resumed'\n>", { resumed, see "'resumed'\r\n", see "'resumed'\r\n", see "> ", kill },
      { columns = 120 })
  end)
end)

describe("Ctrl-C", function()
  test("gives a line up; at an empty one it says how to leave", function()
    screen("> half^C\n> do\n... x^C\n> ^C\n(To leave, press Ctrl-C again or Ctrl-D, or type .exit)\n> 1\n1\n> ^C\n"
      .. "(To leave, press Ctrl-C again or Ctrl-D, or type .exit)\n>", { see "> ", keys "half", see "half", ctrl_c, "do",
        see "... ", keys "x",
      see "x", ctrl_c, see "> ", ctrl_c, see ".exit", "1", see "1\r\n", see "> ", ctrl_c, see ".exit", see "> ", kill })
  end)

  test("interrupts what is busy: an entry, a coroutine in it, a callback", function()
    for source, busy in pairs {
      ["print 'busy' while true do end"] = "interrupted!",
      ["print 'busy' coroutine.wrap(function() while true do end end)()"] = "interrupted!",
      ["print 'busy' for i = 1, math.huge do local x = tostring(i) end"] = "interrupted!",
      ["t = setTimeout(function() print 'busy' while true do end end, 1)"] = "Uncaught interrupted!",
      ["async.sleep(1) print 'busy' while true do end"] = "interrupted!",
    } do
      local got = terminal.play { source, see "busy'", see "busy\r\n", ctrl_c, see(busy), "'alive'", see "alive'",
        see "alive'", see "> ", kill }
      assert.truthy(got.screen:find("alive'\n>", 1, true), got.screen)
    end
  end)

  test("ends the program where Lua does not listen, as it was before", function()
    -- what is printed last before find begins, and the pause, which nothing tells the end of: Ctrl-C is to come within it
    local got = terminal.play { "string.find(('a'):rep(40), ('a*'):rep(40) .. 'b', print 'busy')", see "busy\r\n",
      { "pause", "200" }, ctrl_c, see "^C", { "pause", "1200" }, ctrl_c, ended }
    assert.same({ 2, true }, { got.signal, got.restored })
  end)
end)

describe("Pasted text", function()
  local function paste(text) return keys("\27[200~" .. text .. "\27[201~") end

  test("is one entry, run by Enter, and one in the history", function()
    local path = helper.path()
    screen("> local function f()\n  return 7\nend\nf()\n7\n> f()\n7\n>",
      { see "> ", paste "local function f()\r\n  return 7\rend\nf()\r",
      see "end", enter, see "7\r\n", "f()", see "7\r\n", see "> ", kill }, { env = "MOONPORT_HISTORY=" .. path })
    assert.equal("local function f()\n\t  return 7\n\tend\n\tf()\nf()\n", helper.read_file(path))
  end)

  test("may be a part of a line, in pieces, and between keys", function()
    screen("> 'before pasted after'\n'before pasted after'\n>", { see "> ", keys "'before ", see "before ", keys "\27[20",
      keys "0~pas", { "pause", "50" }, keys "ted\27[20", keys "1~ after'\r", see "after'\r\n", see "after'\r\n", see "> ",
      kill })
  end)

  test("of 1 MB survives", function()
    local lines, many = {}, helper.sanitized and 4000 or 40000 -- readline takes a minute of a sanitizer's time to show it
    for i = 1, many do lines[i] = ("v%05d = 'some text here'"):format(i) end
    local text = table.concat(lines, "\r")
    assert(helper.sanitized or #text > 1e6)
    local got = terminal.play { see "> ", paste(text), see(lines[many]), enter, ("v00001 .. v00500 .. v%05d"):format(many),
      see "'some text heresome text heresome text here'", see "> ", kill }
    assert.equal("> ", got.cursor)
  end)

  test("without marks is entered line by line", function()
    local lines = {}
    for i = 1, 2000 do lines[i] = ("v%d = '%s'\r"):format(i, ("x"):rep(i % 100)) end
    local got = terminal.play { see "> ", keys(table.concat(lines) .. "'the ' .. 'end'\r"),
      see "'the end'", "#v1999 + #v42", see "141\r\n",
      see "> ", kill }
    assert.is_nil(got.screen:find("error", 1, true))
  end)
end)

describe("Editing", function()
  test("is of characters, whatever the locale", function()
    for _, env in ipairs { "LC_ALL=C", "LC_ALL=C.UTF-8", "LC_ALL=", "LC_ALL= LANG= LC_CTYPE=" } do
      screen("> 'né'\n'né'\n>", { see "> ", keys "'n", see "'n", keys "\u{4E2D}\u{E9}x", see "x", keys "\2\2\127\6\6\127'",
        enter, see "né'\r\n",
        see "> ", kill }, { env = env })
    end
  end)

  test("has the history of before, entries of several lines as one", function()
    local path = helper.write_file(helper.path(), "first = 1\nif x then\n\t  y()\n\tend\n")
    screen("> if x then\n  y()\nend", { see "> ", keys "\27[A", see "end", kill }, { env = "MOONPORT_HISTORY=" .. path })
    screen("> first = 1 + 1\n> first\n2\n>", { see "> ", keys "\27[A", see "end", keys "\27[A", see "first = 1",
      keys " + 1", see " + 1",
      enter, "first", see "2\r\n", see "> ", kill }, { env = "MOONPORT_HISTORY=" .. path })
  end)

  test("continues with a prompt of its own until an entry is complete", function()
    screen("> for i = 1, 2 do\n... print(i)\n... end\n1\n2\n>", { "for i = 1, 2 do", see "... ", keys "print(i)\r",
      see "... ", keys "end\r",
      see "2\r\n", see "> ", kill })
  end)

  test("of several lines as one is .editor's, which Ctrl-D runs and Ctrl-C drops", function()
    screen("> .editor\n// Ctrl-D runs what you enter, Ctrl-C drops it\n| local a = 1\n|\n| local b = 2\n| a + b\n|\n3\n> a\n1\n>",
      { ".editor", see "drops it\r\n", see "| ", keys "local a = 1\r\rlocal b = 2\ra + b\r\4", see "3\r\n", "a",
        see "1\r\n", see "> ", kill })
    screen("> .editor\n// Ctrl-D runs what you enter, Ctrl-C drops it\n| x = 5^C\n> x\nnil\n>",
      { ".editor", see "drops it\r\n", see "| ", keys "x = 5", see "x = 5", ctrl_c, "x", see "nil", see "> ", kill })
  end)

  test("leaves the terminal to an entry that reads from it itself", function()
    screen("> print 'now' or io.read()\nnow\nthis\n'this'\n>", { "print 'now' or io.read()", see "now\r\n", keys "this\r",
      see "'this'", see "> ", kill })
  end)

  test("indents by tabs at the beginning of a line", function()
    screen(">       5\n5\n>", { see "> ", tab, keys "5\r", see "5\r\n", see "5\r\n", see "> ", kill })
  end)
end)

describe("Tab", function()
  for line, rest in pairs {
    ["setTime"] = "out", ["func"] = "tion", ["net.createCon"] = "nection", ["process.memoryU"] = "sage", ["console.tim"] = "e",
    ["string.rev"] = "erse", ["('x'):rev"] = "erse", ['("x"):upp'] = "er", ["net.Socket.prototype.resetA"] = "ndDestroy",
    ["require 'tim"] = "ers'", ['require "node:dg'] = 'ram', ['require("spec.help'] = 'er', [".han"] = "dles",
    [".load spec/helper.l"] = "ua", [".help Socket:resetA"] = "ndDestroy", ["x = 1 + math.fl"] = "oor", ["utf"] = "8",
    ["process.on('beforeE"] = "xit'", ["net.createServer():on('listeni"] = "ng'",
    [".save spec/helper.l"] = "ua", ["my_lo"] = "cal", ["my_local:resetA"] = "ndDestroy", ["my_local.remoteA"] = "ddress",
    ["my_local:on('dra"] = "in'", ["my_local.own_f"] = "ield", ["my_table.ins"] = "ide", ["my_table.inside.deep"] = "er",
    ["my_table:inh"] = "erited", ["my_emitter:emi"] = "t",
    ["events.defaultM"] = "axListeners", ["my_string:rev"] = "erse", ["dgram.createS"] = "ocket",
  } do
    test(("completes %s%s"):format(line, rest), function()
      terminal.play { "local my_local, my_string = net.Socket(), 'text' my_local.own_field = 1",
        "my_table = setmetatable({ inside = { deeper = 1 } },"
        .. " { __index = setmetatable({ inherited = print }, { __index = print }) }) my_emitter = events()", see "> ",
          keys(line), see(line), tab, see(rest), kill }
    end)
  end

  test("lists what fits, the second time, and calls nothing", function()
    local source = "t = setmetatable({ aa = 1, ab = 2 }, { __index = function() called = called + 1 end })"
    screen("> called = 0\n> " .. source .. "\n> t.a\naa  ab\n> t.a",
      { "called = 0", source, see "> ",
        keys "t.a", see "t.a",
        tab, tab, see "ab", see "t.a", kill }, { columns = 100 })
    screen("> t = setmetatable({}, { __index = error, __pairs = error })\n> t.a.b",
      { "t = setmetatable({}, { __index = error, __pairs = error })", see "> ", keys "t.a.", see "t.a.", tab, tab,
        keys "b", see "b", kill })
  end)
end)

describe("Plain lines", function()
  local function without_library(name, f)
    it(name, function()
      if terminal.missing() then return pending(terminal.missing()) end
      f()
    end)
  end

  -- A folder in which the loader finds something else of readline's names before readline itself.
  local function instead(make)
    local folder = helper.path()
    os.execute("mkdir " .. folder)
    for _, name in ipairs { "libreadline.so.8", "libreadline.so.7", "libreadline.so" } do make(folder .. "/" .. name) end
    return "LD_LIBRARY_PATH=" .. folder
  end

  for where, env in pairs {
    ["TERM=dumb"] = "TERM=dumb", ["no TERM at all"] = "TERM=",
    ["a readline that does not load"] = instead(function(path) helper.write_file(path, "") end),
    ["a readline that lacks functions, as libedit does"] = instead(function(path)
      os.execute(('ln -s "$(realpath %s/libmoonport.so)" %s'):format(helper.quote(os.getenv "BUILD" or "build"), path))
    end),
  } do
    without_library("are read with " .. where, function()
      local got = screen("> 1 + 1\n2\n> local x = 5\n> x\n5\n>", { "1 + 1", "local x = 5", "x", see "5\r\n", see "> ",
        ctrl_d, ended }, { env = env })
      assert.same({ 0, true, nil }, { got.code, got.restored, (got.bytes:find("\27", 1, true)) })
      screen("> t = setTimeout(print, 50, 'above')\n> half\nabove\n> ^C\n"
        .. "(To leave, press Ctrl-C again or Ctrl-D, or type .exit)\n>", { "t = setTimeout(print, 50, 'above')", see "> ",
          keys "half", see "above", see "> ", ctrl_c, see "> ", kill }, { env = env })
    end)
  end

  without_library("may wait, go on and be Lua's for a while: io.read", function()
    screen("> async.sleep(100)\ntrue\n> for i = 1, 1 do\n... print(i) end\n1\n> io.read()\nthis\n'this'\n>",
      { "async.sleep(100)", see "true", "for i = 1, 1 do", see "... ", keys "print(i) end\r", see "1\r\n", "io.read()",
        keys "this\r", see "'this'", see "> ", kill }, { env = "TERM=dumb" })
  end)
end)
