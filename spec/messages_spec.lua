-- messages_spec.lua - what is said on standard error besides the error itself: hints for typical mistakes, warnings, each
-- once and with the line of the script; and that bytes of a peer never reach a terminal as they are.
local helper = require "spec.helper"
local terminal = require "spec.terminal"
local script, shell, quote = helper.script, helper.shell, helper.quote

-- Runs a script; what it said on standard error, with FILE for its name.
local function said(source, options)
  local got = script(source, options)
  return (got.err:gsub(got.file:gsub("%p", "%%%0"), "FILE")), got
end

-- What --check says of a source, which is the second line of a file.
local function checked(source)
  local file = helper.write_file(helper.path ".lua", "local a\n" .. source)
  local err = shell(('"$M" -c %s'):format(quote(file))).err
  return (err:gsub(file:gsub("%p", "%%%0"), "FILE"))
end

describe("A hint for who comes from JavaScript", function()
  for source, hint in pairs {
    ["socket:end()"] = "'end' is a word of Lua: write socket:finish(), or socket[\"end\"](socket)",
    ["local f = socket.end"] = "'end' is a word of Lua: write socket:finish(), or socket[\"end\"](socket)",
    ["if x != 1 then end"] = "Lua writes ~= for !=, and `not x` for !x",
    ["if !x then end"] = "Lua writes ~= for !=, and `not x` for !x",
    ["if x === 1 then end"] = "Lua writes == and ~= for === and !==",
    ["f(() => 1)"] = "Lua writes function(x) ... end for x => ...",
    ["f(x => 1)"] = "Lua writes function(x) ... end for x => ...",
    ["x++"] = "Lua writes x = x + 1 for x++",
    ["x += 1"] = "Lua has no += and the like: write x = x + 1",
    ["x = a && b"] = "Lua writes `and` for &&", ["x = a || b"] = "Lua writes `or` for ||",
    ["// note"] = "a comment of Lua begins with --", ["/* note */"] = "a comment of Lua is --[[ ... ]]",
    ["x = a ? 1 : 2"] = "Lua writes `a and b or c` for a ? b : c",
    ["function f() { }"] = "a block of Lua ends with `end`, it has no braces",
    ["x = `a`"] = "Lua writes (\"%s\"):format(x) or .. for a template string",
    ["let x = 1"] = "Lua writes `local` for let", ["const x = 1"] = "Lua writes `local` for const",
    ["var x = 1"] = "Lua writes `local` for var", ["throw x"] = "Lua writes error(err, 0) for throw err",
    ["new Thing()"] = "an object is made by its class alone: Lua has no `new`",
    ["await f()"] = "a function that waits is called like any other: Lua has no `await`",
    ["print(this.x)"] = "there is no `this`: use the variable that holds the object",
    ["print(null.x)"] = "Lua writes nil for null", ["print('a' + 1)"] = "Lua joins strings with ..",
  } do
    it("is given: " .. source, function()
      local err
      if load(source) then -- it fails when it runs
        err = said("local a\n" .. source)
      else
        err = checked(source)
      end
      assert.equal(hint, err:match "([^\n]*)\n$", err)
      assert.truthy(err:find "^moonport: FILE:2: ", err)
    end)
  end

  it("is not given to others", function()
    for _, source in ipairs { "x = = 1", "local function f(", "x = 'a", "if x then", "local x = 1 2", "goto nowhere",
      "local new = 1 2", "x = (1 + " } do
      assert.truthy(checked(source):find "^moonport: FILE:%d: [^\n]*\n$", source)
    end
    assert.is_nil(said "print(nothing.x)":find("Lua writes", 1, true))
    assert.is_nil(said "error \"near 'end'\"":find("word of Lua", 1, true))
  end)

  it("is given for a module too, and by --check", function()
    local folder = helper.path()
    os.execute("mkdir " .. folder)
    helper.write_file(folder .. "/part.lua", "socket:end()")
    local got = shell(("cd %s; \"$M\" -e 'require \"part\"'"):format(quote(folder)))
    assert.truthy(got.err:find("\n'end' is a word of Lua: write socket:finish()", 1, true), got.err)
    got = shell(("cd %s; \"$M\" -c part.lua"):format(quote(folder)))
    assert.truthy(got.err:find("\n'end' is a word of Lua: write socket:finish()", 1, true), got.err)
  end)

  it("names the method that was called with a dot", function()
    local function said_of_call(call) return (said("local net = require 'net'\n" .. call)) end
    local err = said "local net = require 'net'\nlocal s = net.Socket()\ns.write('x')"
    assert.truthy(err:find("^moonport: TypeError %[ERR_INVALID_THIS%]: write must be called on a Socket, with a colon: "
      .. "object:write%(%.%.%.%)%. Received type string %('x'%)\n") and err:find("FILE:3", 1, true), err)
    for call, class in pairs { ["net.Socket().end_()"] = "a Socket", ["net.createServer().close()"] = "a Server",
      ["net.createServer().listen()"] = "a Server", ["net.Socket().on()"] = "an EventEmitter",
      ["require('dgram').createSocket('udp4').send()"] = "a UDPSocket" } do
      err = said_of_call(call)
      assert.truthy(err:find("must be called on " .. class .. ", with a colon: object:%l+_?%(%.%.%.%)%. Received nil\n"), err)
    end
  end)
end)

describe("A port that cannot be had", function()
  local taken = [[local net = require "net"
    local own = net.createServer():listen(0, "127.0.0.1")
    local port = own:address().port
    ]]

  it("because this program has it: its server is named", function()
    for _, host in ipairs { ", '127.0.0.1'", ", '0.0.0.0'" } do
      local err = said(taken .. "net.createServer():listen(port" .. host .. ")")
      assert.truthy(err:find "^moonport: Error %[EADDRINUSE%]: listen EADDRINUSE: address already in use [%d.]+:%d+\n"
        , err)
      assert.truthy(err:find("\n    at FILE:4 (net.Server:listen)\n"
        .. "    it is this program's own server that listens there, made at FILE:2\n", 1, true), err)
    end
    assert.truthy(said(taken .. "local server = net.createServer()\n\nserver:listen(port, '127.0.0.1')")
      :find("\n    at FILE:6 (net.Server:listen)\n", 1, true))
    local _, got = said([[local net = require "net"
      net.createServer():listen(arg[1])
      net.createServer():listen(arg[1]):on("error", function(err) print(err.hint) process.exit() end)]],
      { args = { helper.path ".sock" } })
    assert.truthy(got.out:find "^it is this program's own server that listens there, made at .*:2\n$", got.out .. got.err)
  end)

  it("because another one has it: nothing is said", function()
    local net = require "net"
    helper.run(function()
      local server = net.createServer():listen(0, "127.0.0.1")
      local err = said(("require 'net'.createServer():listen(%d, '127.0.0.1')"):format(server:address().port))
      server:close()
      assert.truthy(err:find("EADDRINUSE", 1, true), err)
      assert.is_nil(err:find("own server", 1, true))
    end)
  end)

  it("because it is below 1024", function()
    local hint = require "moonport.hint"
    local text = "ports below 1024 are for root, or for who has CAP_NET_BIND_SERVICE: take a higher one"
    assert.equal(text, hint.listen({ code = "EACCES" }, "127.0.0.1", 80).hint)
    assert.is_nil(hint.listen({ code = "EACCES" }, "127.0.0.1", 8080).hint)
    assert.is_nil(hint.listen({ code = "EACCES" }, "/run/x").hint)
    assert.is_nil(hint.listen({ code = "EADDRNOTAVAIL" }, "10.0.0.0", 80).hint)
    -- for real, where the kernel and this user are such
    local limit = helper.read_file "/proc/sys/net/ipv4/ip_unprivileged_port_start"
    if not limit or tonumber(limit) <= 99 then return pending "this kernel gives ports below 1024 to everybody" end
    local root = io.popen("id -u"):read "l" == "0"
    if root and not os.execute "command -v setpriv >/dev/null" then return pending "setpriv is not installed" end
    local got = shell(("%s \"$M\" -e %s"):format(root and "setpriv --reuid=65534 --clear-groups" or "",
      quote "require 'net'.createServer():listen(99, '127.0.0.1')"))
    assert.truthy(got.err:find("EACCES", 1, true) and got.err:find(text, 1, true), got.err)
  end)
end)

describe("A warning", function()
  it("has the line of the script, on standard error, once for each line", function()
    local err, got = said [[local events = require "events"
      for _ = 1, 3 do
        local emitter = events()
        for _ = 1, 12 do emitter:on("x", print) end
      end
      for _ = 1, 3 do setTimeout(function() end, -5) end
      setInterval(function() end, 1e12):unref()
      print "on"]]
    assert.same({ 0, "on\n" }, { got.code, got.out })
    local warnings = { "FILE:4: MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 x listeners added to "
      .. "[EventEmitter]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit",
      "FILE:6: TimeoutNegativeWarning: -5 is a negative number.\nTimeout duration was set to 1.",
      "FILE:7: TimeoutOverflowWarning: 1000000000000 does not fit into a 32-bit signed integer.\nTimeout duration was set to 1." }
    assert.equal("moonport: " .. table.concat(warnings, "\nmoonport: ") .. "\n", err)
  end)

  it("is told to listeners each time, with Node's text and the line, and then not shown", function()
    local err, got = said [[process.on("warning", function(w) print(w.name, w.message, w.where:match ":(%d+)$") end)
      for _ = 1, 2 do setTimeout(function() end, -1) end]]
    local line = "TimeoutNegativeWarning\t-1 is a negative number.\nTimeout duration was set to 1.\t2\n"
    assert.same({ "", line .. line }, { err, got.out })
  end)

  it("of the script is shown each time, with its control bytes escaped", function()
    assert.equal("moonport: Warning: \\x1b[31mred\nmoonport: Warning: \\x1b[31mred\n",
      (said [[for _ = 1, 2 do process.emitWarning "\27[31mred" end]]))
  end)

  local server = [[local net = require "net"
    local server = net.createServer(function(socket) %s end)
    server:listen(0, "127.0.0.1", function()
      for _ = 1, 2 do net.connect(server:address().port, "127.0.0.1"):finish "hello" end
    end)
    %s]]

  it("tells once of a server's socket that nobody reads although its peer has ended", function()
    local err, got = said(server:format("", [[process.once("warning", function(w)
      print(w.name, w.where:match ":(%d+)$")
      setTimeout(process.exit, 300)
    end)]]))
    assert.same({ "UnreadSocketWarning\t3\n", "", 0 }, { got.out, err, got.code })
  end)

  it("is not given for sockets that are read, however late, or were closed", function()
    for _, reads in ipairs { "socket:resume()", "socket:on('data', function() end)", "setTimeout(socket.resume, 300, socket)",
      "socket:on('readable', function() end)", "setTimeout(socket.destroy, 300, socket)", "socket:pipe(socket)",
      "socket:pause() setTimeout(socket.resume, 1500, socket)" } do
      local err, got = said(server:format(reads, "setTimeout(function() process.exit() end, 1800)"))
      assert.same({ "", 0 }, { err, got.code }, reads)
    end
  end)
end)

describe("A table that is raised", function()
  it("is shown where its report does not say all of it", function()
    for value, expected in pairs {
      ["{ reason = 'r', at = { 1 } }"] = "the error object is { at: [ 1 ], reason: 'r' }\n",
      ["{ code = 'C', message = 'm', reason = '\\27' }"] = "the error object is { code: 'C', message: 'm', reason: '\\x1B' }\n",
      ["{}"] = "", ["{ code = 'C', message = 'm' }"] = "", ["Error('m', { code = 'C' })"] = "",
      ["setmetatable({ a = 1 }, { __tostring = function() return 'own' end })"] = "",
    } do
      for _, how in ipairs { "error(%s, 0)", "setImmediate(error, %s, 0)" } do
        local err = said(how:format(value))
        assert.equal(expected, err:match "(the error object.*)$" or "", err)
      end
    end
  end)
end)

describe("An uncaught error", function()
  local pair = [[local net = require "net"
    local server = net.createServer(function(socket) %s socket:resume():finish "x" end):listen(0, "127.0.0.1")
    local client = net.connect(server:address().port, "127.0.0.1") %s ]]

  for place, source in pairs {
    ["the main chunk"] = "FAIL", ["a function in it"] = "local function f() FAIL end local ok = f() return ok",
    ["a timer"] = "setTimeout(function() FAIL end, 1)", ["an immediate"] = "setImmediate(function() FAIL end)",
    ["a tick"] = "process.nextTick(function() FAIL end)", ["a task"] = "require 'async'.spawn(function() FAIL end)",
    ["a task that waited"] = "require 'async'.spawn(function() require 'async'.sleep(1) FAIL end)",
    ["a coroutine"] = "coroutine.wrap(function() FAIL end)()",
    ["an emit in an emit"] = [[local e = require "events"()
      e:on("a", function() e:emit "b" end) e:on("b", function() FAIL end) e:emit "a"]],
    ["a callback of fs"] = "require 'fs'.stat('/', function() FAIL end)",
    ["a callback of dns"] = "require 'dns'.lookup('127.0.0.1', function() FAIL end)",
    ["a listener of a server"] = pair:format("FAIL", ""),
    ["a listener of a client"] = pair:format("", "client:on('data', function() FAIL end)"),
    ["a callback of write"] = pair:format("", "client:write('x', function() FAIL end)"),
    ["a listener of 'close'"] = pair:format("", "client:on('close', function() FAIL end) client:resume()"),
    ["a message"] = [[local s = require "dgram".createSocket("udp4", function() FAIL end)
      s:bind(0, "127.0.0.1", function() s:send("x", s:address().port, "127.0.0.1") end)]],
    ["a signal"] = "process.on('SIGUSR2', function() FAIL end) setTimeout(print, 9e6) process.kill(process.pid, 'SIGUSR2')",
    ["'exit'"] = "process.on('exit', function() FAIL end)",
    ["__close"] = "local x <close> = setmetatable({}, { __close = function() FAIL end })",
    ["a module"] = "package.preload.m = function() FAIL end require 'm'",
  } do
    it("is told once, with its line: in " .. place, function()
      for fail, text in pairs { ["error 'gone'"] = "gone", ["error(Error 'gone')"] = "gone", ["nothing.x = 1"] = "nil value" } do
        local err, got = said("\n" .. source:gsub("FAIL", function() return fail end))
        local _, count = err:gsub("moonport: ", "")
        assert.same({ 1, 1, "" }, { count, got.code, got.out }, err)
        assert.truthy(err:match "^[^\n]*":find(text, 1, true) and err:find "FILE:[2-5]", err)
      end
    end)
  end
end)

describe("A traceback", function()
  it("is shown of code of the command line too", function()
    local got = shell [["$M" -e 'local function f() error(Error "x") end f()']]
    assert.truthy(got.err:find("^moonport: Error: x\nstack traceback:\n\t%(command line%):1: in "), got.err)
  end)
end)

describe("The first line of an error", function()
  it("is red on a terminal, and nowhere else, and never with NO_COLOR or a TERM that is empty or dumb", function()
    local missing = terminal.missing()
    if missing then return pending(missing) end
    local file = helper.write_file(helper.path ".lua", "error(Error 'text')")
    local plain = "moonport: Error: text\r\n"
    for env, colored in pairs { ["NO_COLOR="] = true, ["NO_COLOR=1"] = false, ["NO_COLOR= TERM=dumb"] = false,
      ["NO_COLOR= TERM="] = false } do
      local got = terminal.play({ { "wait" } }, { command = '"$M" ' .. file, env = env })
      assert.same({ colored and "\27[31mmoonport: Error: text\27[39m\r\n" or plain, 1 },
        { got.bytes:match "^[^\n]*\n", got.code }, env)
      got = terminal.play({ { "wait" } }, { command = '"$M" --no-color ' .. file, env = env })
      assert.equal(plain, got.bytes:match "^[^\n]*\n")
    end
    assert.is_nil(shell("NO_COLOR= TERM=xterm \"$M\" " .. file).err:find "\27")
  end)
end)

describe("Bytes of a peer", function()
  it("are escaped in errors of any kind, and in what a script cannot load", function()
    local bytes = "\27]0;title\7\27[2J\155\r"
    for _, source in ipairs { "error(%s, 0)", "error(Error(%s))", "error({ message = %s, code = %s })", "load(%s, '=x', 't')",
      "process.emitWarning(%s)", "assert(load('x = ' .. %s))", "require('async').spawn(function() error(%s, 0) end)" } do
      local err = said((source:gsub("%%s", function() return ("%q"):format(bytes) end)))
      assert.is_nil(err:find "[\27\7\r]", err)
    end
    local got = shell('"$M" -e ' .. quote "x = '\27[31m\n")
    assert.truthy(got.err:find("\\x1b[31m", 1, true), got.err)
    assert.is_nil(got.err:find "\27")
  end)
end)
