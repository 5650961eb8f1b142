-- repl_spec.lua - what lines mean at the prompt, and in `-i` where there is no terminal: values, locals, errors, entries of
-- several lines, commands, the history file. Keys and the screen: repl_terminal_spec.
local helper = require "spec.helper"
local shell = helper.shell

-- Runs lines through `moonport -i`; MOONPORT_HISTORY is off.
local function lines(input, options)
  options = options or {}
  return shell(("export MOONPORT_HISTORY='%s' %s; timeout -k 1 20 \"$M\" %s -i %s"):format(options.history or "",
    options.env or "LC_ALL=C", options.before or "", options.script or ""), input)
end

local function shows(out, input, options)
  local got = lines(input, options)
  assert.same({ out, "", 0 }, { got.out, got.err, got.code }, input)
end

local function complains(err, input, out)
  local got = lines(input)
  assert.same({ err, out or "", 0 }, { got.err, got.out, got.code }, input)
end

describe("moonport -i without a terminal", function()
  it("prints the value of each line, and nothing else", function()
    shows("2\n", "x = 1\nx + 1\n")
    shows("2\n", "x = 1\nx + 1") -- without a last end of line
    shows("", "")
    shows("", "\n  \n-- a comment\n")
    shows("'a'\t[ 1, 2 ]\nnil\n", "'a', { 1, 2 }\nnil\n")
    shows("printed\n", "print 'printed'\n")
    shows("nil\tnil\n", "nil, nil\n")
    shows("3\n", "return 3\n")
    shows("'\\x1B[31m'\n", "'\\27[31m'\n")
  end)

  it("is not needed for a script on standard input, which is one chunk", function()
    local got = shell([["$M"]], "local x = 1\nprint(x + 1)\nx\n")
    assert.equal(1, got.code)
    assert.truthy(got.err:find("syntax error near <eof>", 1, true), got.err)
    assert.same({ "2\n", 0 }, { shell([["$M"]], "local x = 1\nprint(x + 1)\n").out, 0 })
  end)

  it("runs after -e, -l and the script, with its arguments", function()
    local file = helper.write_file(helper.path ".lua", "from_script = ... local hidden = 1")
    shows("'arg'\nnil\n5\n", "from_script\nhidden\ne\n", { before = "-e 'e = 5'", script = file .. " arg" })
  end)

  it("does not begin when the script fails, as in lua(1), or exits", function()
    local file = helper.write_file(helper.path ".lua", "error('bad', 0)")
    local got = lines("print 'never'", { script = file })
    assert.same({ 1, "" }, { got.code, got.out })
    assert.truthy(got.err:find "^moonport: bad\n", got.err)
    assert.equal(7, lines("print 'never'", { script = helper.write_file(helper.path ".lua", "os.exit(7)") }).code)
    assert.equal(1, lines("print 'never'", { before = "-e 'error(1)'" }).code)
  end)

  it("reads no further than the line: io.read has the next one, from a file and from a pipe", function()
    local input = "x = io.read()\nthe line\nx\n"
    shows("'the line'\n", input)
    assert.equal("'the line'\n", shell([[cat | MOONPORT_HISTORY= "$M" -i]], input).out)
  end)

  it("lets the loop run while it waits for a line, and ends at the end of its input, as node does", function()
    local path = helper.path()
    local got = shell(([[{ echo 't = setTimeout(function() print "timer" io.open("%s", "w"):close() end, 1)'
      until [ -e %s ]; do sleep 0.01; done; echo '"line"'; } | MOONPORT_HISTORY= timeout 20 "$M" -i]]):format(path, path))
    assert.same({ "timer\n'line'\n", 0 }, { got.out, got.code })
    shows("nil\n", "setInterval(print, 10000) and nil\n")
  end)

  it("waits for what waits before the next line", function()
    shows("true\n2\n", "async.sleep(20)\n1 + 1\n")
    assert.equal("true\n2\n", shell([[cat | MOONPORT_HISTORY= "$M" -i]], "async.sleep(20)\n1 + 1\n").out)
  end)

  it("tells 'exit' and takes codes", function()
    shows("exit\t0\n", "process.on('exit', function(code) print('exit', code) end) _ = nil\n")
    assert.equal(3, lines("process.exitCode = 3\n").code)
    assert.equal(4, lines("os.exit(4)\nprint 'never'\n").code)
    assert.equal(5, lines("table.sort({ 1, 2 }, function() os.exit(5) end)\n").code)
  end)

  it("goes on after an error in a callback", function()
    local got = lines "t = setTimeout(function() error 'bad' end, 1)\nlocal _ = async.sleep(50)\n_error\n"
    assert.equal("'stdin:1: bad'\n", got.out)
    assert.truthy(got.err:find "^Uncaught stdin:1: bad\nstack traceback:\n", got.err)
  end)
end)

describe("A local of the prompt", function()
  it("is there on the next line, and is the same variable for functions", function()
    shows("1\n", "local x = 1\nx\n")
    shows("2\t3\n", "local x = 1\nfunction f() x = x + 1 return x end\nf(), f()\n")
    shows("2\n5\n", "local x = 1 function f() x = x + 1 return x end\nf()\nx = 5\nx\n")
    shows("5\n", "local x = 1 function f() return x end\nx = 5\nf()\n")
    shows("6\n", "local function fac(n) return n < 2 and 1 or n * fac(n - 1) end\nfac(3)\n")
    shows("1\t2\tnil\n", "local a, b, c = 1, 2\na, b, c\n")
    shows("9\n", "local function get() return v end local v = 8 function set(n) v = n end\nset(9)\nv\n")
  end)

  it("hides what it hides, and no more", function()
    shows("2\t1\n", "local x = 1\nfunction old() return x end\nlocal x = 2\nx, old()\n")
    shows("nil\n", "do local inner = 1 end\ninner\n")
    shows("'global'\n", "inner = 'global' do local inner = 1 end\ninner\n")
    shows("nil\t1\n", "local x = 1\n_G.x, x\n")
    shows("nil\n", "local s = 'local fake = 1'\nfake\n")
    shows("3\n", "local x = 1 if x then local y = x end local z = 3\nz\n")
    shows("'loop'\n", "i = 'loop'\nfor i = 1, 2 do local i = i end\ni\n")
  end)

  it("may be constant, to be closed, of the last line or followed by a return", function()
    shows("5\t'c'\n", "local x <const>, y <const> = 5, 'c'\nx, y\n")
    shows("'closed'\n'table'\n",
      "local x <close> = setmetatable({}, { __close = function() said = 'closed' end })\nsaid\ntype(x)\n")
    shows("1\n2\n", "local x = 1 return x\nx + 1\n")
    shows("8\n7\n", "local function f()\nreturn 7\nend return f() + 1\nf()\n")
    shows("1\n", "local x = 1 -- a comment\nx\n")
  end)

  it("is there when its entry has failed later, unless it was of an inner block", function()
    local got = lines("local a, f = 1, print local b = a + 1 error 'x' local never = 3\na, f, b, never\n")
    assert.same({ "1\t[Function (builtin)]\t2\tnil\n", "stdin:1: x\n" }, { got.out, got.err })
    got = lines("local a = 1 do local inner = 2 local s = 'local c = 1' error 'x' end\na, inner, c\na = 5\na\n")
    assert.same({ "1\tnil\tnil\n5\n", "stdin:1: x\n" }, { got.out, got.err })
    got = lines("local function f() local deep = 1 return deep.x.y end local r = f() local late\ntype(f), deep, r, late\n")
    assert.equal("'function'\tnil\tnil\tnil\n", got.out)
    got = lines("local e = 1\nlocal e = 2 async.sleep(1) e.x.y = 1\ne\n")
    assert.equal("2\n", got.out)
  end)

  it("is forgotten by .clear", function()
    shows("The locals are forgotten.\nnil\n", "local x = 1\n.clear\nx\n")
  end)

  it("may be one of many", function()
    local source = {}
    for i = 1, 190 do source[i] = ("local v%d = %d"):format(i, i) end
    shows("380\n", table.concat(source, "\n") .. "\nv190 + v190\n")
    shows("380\n", table.concat(source, " ") .. "\nv190 + v190\n")
  end)
end)

describe("An entry", function()
  it("may have several lines: until it is complete", function()
    shows("1\n2\n", "for i = 1, 2 do\nprint(i)\nend\n")
    shows("3\n", "1 +\n\n2\n")
    shows("'a\\nb'\n", "[[a\nb]]\n")
    shows("7\n", "local function f()\n  return 7\nend\nf()\n")
    shows("{ a: 1 }\n", "{\na = 1\n}\n")
  end)

  it("that is no Lua is said to be none; what is begun at the end of the input as well", function()
    complains("stdin:1: syntax error near '1'\n", "x 1\n")
    complains("stdin:1: unfinished string near '\"abc'\n", '"abc\n')
    complains("stdin:2: 'end' expected (to close 'do' at line 1) near <eof>\n", "do\nprint 'never'\n")
  end)

  it("may be given up", function()
    shows("2\n", "do\n.break\n1 + 1\n")
  end)

  it("has Lua's line numbers", function()
    complains("stdin:3: x\n", "do\n\nerror 'x' end\n")
    complains("stdin:2: x\n", "local y = 1\ndo\nlocal z = y error 'x' end\n")
  end)
end)

describe("The last value and the last error", function()
  it("are _ and _error", function()
    shows("1\n2\n'x'\n", "1\n_ + 1\nlocal ok = pcall(error, 'x')\nselect(2, pcall(error, 'x', 0))\n")
    local got = lines("error('first', 0)\n_error\nerror { code = 5 }\n_error.code\n")
    assert.same({ "'first'\n5\n", "first\nUncaught { code: 5 }\n" }, { got.out, got.err })
    got = lines("x ]\n_error\n")
    assert.equal([["stdin:1: syntax error near ']'"]] .. "\n", got.out)
  end)

  it("leave a `_` of one's own alone", function()
    shows("1\n2\n(`_` is a variable of your own from now on)\n'mine'\n3\n'mine'\n", "1\n2\n_ = 'mine'\n_\n3\n_\n")
  end)
end)

describe("An error", function()
  it("is its message, with a traceback where there is more than the entry", function()
    complains("stdin:1: x\n", "error 'x'\n")
    complains("stdin:1: attempt to index a nil value (global 'y')\n", "y.z\n")
    complains("stdin:1: x\nstack traceback:\n\t[C]: in function 'error'\n\tstdin:1: in function 'f'\n\tstdin:1: in main chunk\n",
      "function f() error 'x' end\nf() print()\n")
  end)

  it("of ours is shown with its code and place", function()
    local got = lines("net.connect(-1)\n")
    assert.truthy(got.err:find("^RangeError %[ERR_SOCKET_BAD_PORT%]: .*\n    at stdin:1"), got.err)
  end)

  it("of ours has no line of ours in its traceback, also where it is only a value, or after waiting", function()
    complains("Error: boo\n    at stdin:1: in main chunk\n", "error(Error 'boo')\n")
    shows("Error: boo\n    at stdin:1: in main chunk\n", "Error 'boo'\n")
    complains("Error: boo\n    at stdin:1: in function 'f'\n    at stdin:2: in main chunk\n",
      "function f() error(Error 'boo') end\ndo\nf() end\n")
    complains("Error: boo\n    at stdin:1: in main chunk\n", "async.sleep(1) error(Error 'boo')\n")
  end)

  it("has a word of help for who comes from JavaScript", function()
    complains("stdin:1: <name> expected near 'end'\n'end' is a word of Lua: write socket:finish(), or "
      .. "socket[\"end\"](socket)\n", "socket:end()\n")
    complains("stdin:1: syntax error near 'x'\nLua writes `local` for let\n", "let x = 1\n")
    complains("stdin:3: syntax error near 'x'\nLua writes `local` for const\n", "do\n\nconst x = 1 end\n")
    complains("stdin:1: attempt to index a nil value (global 'null')\nLua writes nil for null\n", "null.x\n")
    local got = lines "setTimeout(function() print(null.x) end, 1) async.sleep(50)\n"
    assert.truthy(got.err:find "^Uncaught stdin:1: .*\nLua writes nil for null\n$", got.err)
  end)

  it("cannot steer a terminal", function()
    complains("\\x1b[31m\\x07\n", "error('\\27[31m\\7', 0)\n")
  end)
end)

describe("A word of other prompts", function()
  it("is told how it is done here, unless it is a variable", function()
    local leave = "(To leave, press Ctrl-D or type .exit)\n"
    shows(leave .. leave .. leave .. "1\n", "exit\nquit\nexit()\n1\n")
    shows("(.help tells what there is, .help net.connect of a function)\n", "help\n")
    shows("5\n6\n", "exit = 5\nexit\nlocal quit = 6\nquit\n")
  end)
end)

describe("The modules of the prompt", function()
  it("are there by name", function()
    for _, name in ipairs { "net.connect", "dgram.createSocket", "fs.readFile", "async.sleep", "util.format", "dns.lookup",
      "events.new", "timers.setTimeout" } do shows("'function'\n", ("type(%s)\n"):format(name)) end
    shows("'mine'\n", "net = 'mine'\nnet\n")
    shows("'mine'\n", "local net = 'mine'\nnet\n")
  end)
end)

describe("A command", function()
  it("that is none is said to be none", function()
    complains("there is no .nothing: try .help\n", ".nothing\n")
    shows("0.5\n", ".5\n")
  end)

  it(".help lists the commands; of a name it shows the reference", function()
    local got = lines(".help\n").out
    for _, name in ipairs { "break", "clear", "editor", "exit", "handles", "help", "load", "save", "tasks" } do
      assert.truthy(got:find("^." .. name .. " ") or got:find("\n." .. name .. " ", 1, true), name)
    end
    for name, text in pairs {
      ["net"] = "TCP and Unix domain sockets.", ["net.connect"] = "net.connect = net.createConnection",
      ["socket:write"] = "socket:write(data, encoding, callback)\nWrites bytes", ["Socket.remotePort"] = "integer|nil",
      ["isIPv6"] = "net.isIPv6(value)", ["drain"] = "event `", ["net.createServer()"] = "net.createServer(options, listener)",
      ["Server"] = "Server, which is an EventEmitter\nAccepts connections.", ["process.exit"] = "Ends the program",
      ["socket:once"] = "Adds a listener that is removed", ["util.inspect"] = "Shows any value as text",
      ["setTimeout"] = "Calls a function once, later.", [".load"] = ".load file\nrun a file",
      ["nowhere"] = "nothing is known of 'nowhere'\n",
      ["net.nowhere"] = "nothing is known of 'net.nowhere'\n",
    } do
      local page = lines(".help " .. name .. "\n")
      assert.truthy(page.out:find(text, 1, true), name .. ":\n" .. page.out .. page.err)
      for line in page.out:gmatch "[^\n]+" do assert.truthy(utf8.len(line) <= 80, line) end
    end
    assert.truthy(lines("s = net.createServer()\n.help s\n.help s.listen\n").out
      :find "Accepts connections.*server:listen%(")
  end)

  it(".help has a page with a text for every function, class and module of the types", function()
    local help = require "moonport.repl_help"
    local files = {}
    for file in io.popen "ls lua/types/*.lua":lines() do
      table.insert(files, { file:match "([^/]+)%.lua$", helper.read_file(file) })
    end
    local session = { types = function() return files end, value = function() return nil, false end }
    local names = help.names(session)
    assert.truthy(#names > 500, #names)
    for _, name in ipairs(names) do assert.truthy((help.page(session, name) or ""):find "\n[^\n]", name) end
  end)

  it(".load runs a file as one chunk if it is one, else line by line; .save writes what such a file needs", function()
    local file = helper.write_file(helper.path ".lua", "#!/bin/moonport\nlocal x = 1\nfunction f()\n  return x\nend\n")
    shows("1\t1\n", (".load %s\nx, f()\n"):format(file))
    local saved = helper.path ".lua"
    shows(("5\nThe session is in %s\n"):format(saved), ("local y = 5\ny\n.save %s\n"):format(saved))
    assert.equal("local y = 5\ny\n", helper.read_file(saved))
    shows("5\n6\n", (".load %s\ny + 1\n"):format(saved))
    complains("cannot read /nowhere/x: No such file or directory\n", ".load /nowhere/x\n")
    complains("cannot read /tmp: Is a directory\n", ".load /tmp\n")
    complains("cannot write /nowhere/x: No such file or directory\n", ".save /nowhere/x\n")
    complains("a file is to be named\n", ".load\n")
    complains("cannot write /dev/full: No space left on device\n", ".save /dev/full\n")
  end)

  it(".handles shows what keeps the loop alive: its kind, its address and the line that made it", function()
    shows("nothing keeps the loop alive\n", ".handles\n")
    local got = lines("local s = net.createServer():listen(0, '127.0.0.1') print(s:address().port)\n.handles\n").out
    local port = got:match "^(%d+)\n"
    assert.equal(("%s\nServer 127.0.0.1:%s    made at stdin:1\n"):format(port, port), got)
    got = lines("local t = setTimeout(print, 10000):unref()\n.handles\n").out
    assert.truthy(got:find "^Timeout 10000 ms +unref +made at stdin:1\n$", got)
  end)

  it(".tasks shows who waits, since when, and where", function()
    shows("no task waits\n", ".tasks\n")
    local got = lines("local t = async.spawn(function()\nasync.sleep(10000) end)\n.tasks\n").out
    assert.truthy(got:find "^waiting  for %d+%.%d s  sleep at stdin:2  made at stdin:%d\n$", got)
  end)

  it(".exit leaves", function()
    shows("", ".exit\nprint 'never'\n")
  end)
end)

describe("The history", function()
  local function mode(path) return io.popen("stat -c %a " .. helper.quote(path)):read "l" end

  it("is a file of mode 0600, in folders of mode 0700, an entry a line, further lines indented by a tab", function()
    local folder = helper.path()
    local path = folder .. "/a/b/history"
    shows("1\n1\n", "x = 1\n\nx\nx\nif x then\n  -- comment\nend\n", { history = path })
    assert.equal("x = 1\nx\nif x then\n\t  -- comment\n\tend\n", helper.read_file(path))
    assert.same({ "600", "700", "700" }, { mode(path), mode(folder .. "/a/b"), mode(folder) })
    os.execute("chmod 644 " .. path)
    shows("", "y = 1\n", { history = path })
    assert.equal("600", mode(path))
  end)

  it("stands where XDG_STATE_HOME or HOME say, unless MOONPORT_HISTORY says where, or nowhere", function()
    local folder = helper.path()
    local function run(env)
      local command = ("env -u MOONPORT_HISTORY -u XDG_STATE_HOME HOME=%s/home %s \"$M\" -i"):format(folder, env)
      assert.equal(0, shell(command, "z = 1\n").code)
    end
    run ""
    assert.equal("z = 1\n", helper.read_file(folder .. "/home/.local/state/moonport/history"))
    run(("XDG_STATE_HOME=%s/xdg"):format(folder))
    assert.equal("z = 1\n", helper.read_file(folder .. "/xdg/moonport/history"))
    run "MOONPORT_HISTORY="
    run(("MOONPORT_HISTORY=%s/mine"):format(folder))
    assert.equal("z = 1\n", helper.read_file(folder .. "/mine"))
    assert.equal("z = 1\n", helper.read_file(folder .. "/home/.local/state/moonport/history"))
  end)

  it("keeps 1,000 entries, those of several lines as one", function()
    local path, entries = helper.path(), {}
    for i = 1, 1200 do entries[i] = ("do -- %d\n\tend\n"):format(i) end
    helper.write_file(path, table.concat(entries))
    shows("", "new = 1\n", { history = path })
    local kept = helper.read_file(path)
    assert.equal(table.concat(entries, "", 201) .. "new = 1\n", kept)
    assert.equal("600", mode(path))
  end)

  it("that cannot be read or written costs one line", function()
    local folder = helper.path()
    os.execute("mkdir " .. folder)
    for path, text in pairs {
      [folder] = "cannot read the history %s: Is a directory",
      ["/dev/full"] = "cannot write the history %s: No space left on device",
      ["/dev/null/x"] = "cannot read the history %s: Not a directory",
    } do
      local got = lines("x = 1\ny = 2\nx + y\n", { history = path })
      assert.same({ "3\n", "moonport: " .. text:format(path) .. "\n", 0 }, { got.out, got.err, got.code })
    end
  end)

  it("that is somebody else's costs one line", function()
    local nobody, reason = helper.as_nobody()
    if not nobody then return pending(reason) end
    local folder = helper.path()
    local path = folder .. "/history"
    os.execute("mkdir " .. folder)
    helper.write_file(path, "secret = 1\n")
    for rights, trouble in pairs { ["0"] = "read", ["444"] = "write" } do
      local command = ("chmod %s %s; MOONPORT_HISTORY=%s %s \"$M\" -i"):format(rights, path, path, nobody)
      local got = shell(command, "x = 1\nx + 1\ny = 3\n")
      local said = ("moonport: cannot %s the history %s: Permission denied\n"):format(trouble, path)
      assert.same({ "2\n", said, 0 }, { got.out, got.err, got.code })
      assert.equal("secret = 1\n", helper.read_file(path))
    end
  end)

  it("may be a link: what it leads to is written", function()
    local folder = helper.path()
    os.execute(("mkdir %s; ln -s real %s/link"):format(folder, folder))
    helper.write_file(folder .. "/real", ("x = 1\ny = 1\n"):rep(600))
    shows("", "new = 1\n", { history = folder .. "/link" })
    assert.equal(1001 * 6 + 2, #helper.read_file(folder .. "/real"))
    assert.equal(folder .. "/real", io.popen("readlink -f " .. folder .. "/link"):read "l")
  end)

  it("survives bytes that are no text", function()
    local path = helper.write_file(helper.path(), "\0\0a\0 = 1\n\tb\xFF\n\n\n")
    shows("", "x = 1\n", { history = path })
    assert.truthy(helper.read_file(path):find "x = 1\n$")
  end)
end)
