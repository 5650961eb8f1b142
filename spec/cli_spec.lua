-- cli_spec.lua - the options: those of lua(1) do what lua5.4 itself does on this machine; ours; what is refused, in one
-- line and with the code that the manual promises.
local helper = require "spec.helper"
local shell, quote, write_file = helper.shell, helper.quote, helper.write_file

local function has(command) return os.execute(("command -v %s >/dev/null 2>&1"):format(command)) == true end

local folder = helper.path()
os.execute("mkdir " .. folder)
write_file(folder .. "/args.lua", 'print(#arg, ...) for i = -9, 9 do if arg[i] and i ~= 0 then print(i, arg[i]) end end')
write_file(folder .. "/module.lua", 'print("loading", ...) return { name = "module" }')
write_file(folder .. "/shebang.lua", "#!/usr/bin/env nothing\nprint 'line two'")
write_file(folder .. "/raises.lua", "error({ code = 2 })")
write_file(folder .. "/wrong.lua", "x = = 1")
write_file(folder .. "/init.lua", "print 'init'")
write_file(folder .. "/a b.lua", "print('a b', ...)")
write_file(folder .. "/\u{fc}.lua", "print(arg[0])")
write_file(folder .. "/two\nlines.lua", "error 'x'")
write_file(folder .. "/marked.lua", "\u{feff}#!/usr/bin/env nothing\nprint 'marked'")

-- Runs shell commands, in which $L is the program, in one shell: a list of { out, code, the first line of errors },
-- without names of programs.
local function run_all(program, commands)
  local place, parts = helper.path(), {}
  for i, command in ipairs(commands) do
    parts[i] = ("( %s\n) >%s.out.%d 2>%s.err.%d </dev/null; echo $? >%s.code.%d"):format(command, place, i, place, i, place, i)
  end
  shell(("cd %s; L=%s\n%s"):format(quote(folder), program, table.concat(parts, "\n")))
  local results = {}
  for i in ipairs(commands) do
    local function read(what) return helper.read_file(("%s.%s.%d"):format(place, what, i)) end
    results[i] = {
      out = read "out":gsub("[^\n%s]*/?lua5%.4%f[%s]", "PROGRAM"):gsub("[^\n%s]*/moonport%f[%s]", "PROGRAM"),
      code = tonumber(read "code"),
      said = read "err":match "^[^\n]*":gsub("^%S*lua5%.4: ", "moonport: "),
    }
  end
  return results
end

describe("As lua5.4 does:", function()
  local stock, ours

  local commands = {
    -- arguments
    "$L args.lua", "$L args.lua a 'b c' ''", "$L -e 'x = 1' args.lua a", "$L -W -e 'x = 1' -- args.lua -x", "$L - a b <args.lua",
    "$L -E -l module args.lua q", "$L -e 'print(arg[1], arg[2])'", "$L -e 'print(...)'", "$L -e 'arg[1] = 5' args.lua a",
    "$L -- args.lua", "$L args.lua -e x", "$L args.lua --", "$L <args.lua", "$L -- <args.lua", "$L - <args.lua",
    "$L shebang.lua", "$L - <shebang.lua", "$L -e 'arg = nil' args.lua",
    -- -e and -l, in order
    "$L -e 'print(1)' -e 'print(2)'", "$L -e'print(1)'", "$L -e 'local x = 1' -e 'print(x)'", "$L -e ''",
    "$L -l module -e 'print(module.name)'", "$L -lmodule -e 'print(module.name)'",
    "$L -l m=module -e 'print(m.name, module)'",
    "$L -e 'print(1)' -l module -e 'print(2)'", "echo 'print(module.name)' | $L -l module", "$L -e 'print(1)' <args.lua",
    "$L -e 'error \"x\"' -e 'print(2)'", "$L -e 'os.exit(3)' args.lua", "$L -e 'x = = 1' args.lua", "$L -l nothing -e 'print(1)'",
    -- -W
    "$L -W -e 'warn(\"a\", \"b\")'", "$L -e 'warn \"a\"'", "$L -e 'warn \"@on\" warn \"a\" warn \"@off\" warn \"b\"'",
    "$L -e 'warn \"a\"' -W -e 'warn \"b\"'", "$L -W -e 'warn(\"@\", \"off\") warn \"@x\" warn \"c\"'",
    -- LUA_INIT and -E
    "LUA_INIT='print(1)' $L -e 'print(2)'", "LUA_INIT='print(1)' LUA_INIT_5_4='print(3)' $L -e 'print(2)'",
    "LUA_INIT=@init.lua $L -e 'print(2)'", "LUA_INIT=@nowhere.lua $L -e 'print(2)'", "LUA_INIT='x = = 1' $L -e 'print(2)'",
    "LUA_INIT='error(\"x\")' $L -e 'print(2)'", "LUA_INIT='print(1)' $L -E -e 'print(2)'", "LUA_INIT= $L -e 'print(2)'",
    "LUA_PATH=here $L -e 'print(package.path)'", "LUA_PATH=here LUA_PATH_5_4='x;;' $L -e 'print(package.path)'",
    "LUA_CPATH=here $L -e 'print(package.cpath)'", "LUA_PATH=here LUA_CPATH=there $L -E -e 'print(package.path, package.cpath)'",
    -- how it ends
    "$L -e 'os.exit(true)'", "$L -e 'os.exit(false)'", "$L -e 'os.exit(7)'", "$L nowhere.lua", "$L wrong.lua",
    "$L -e 'error()'", "$L -e 'error(setmetatable({}, { __tostring = function() return \"own\" end }))'",
    "$L wrong.lua a <args.lua",
    -- names, and what is given twice or not at all
    "$L 'a b.lua' 'c d'", "$L \u{fc}.lua", "$L 'two\nlines.lua'", "$L marked.lua", "$L -- -x", "$L -e ''", "$L -e '' -- ",
    "$L -W -W -E -E -e 'warn \"a\"'", "$L -e 'print(1)' -", "$L - -- x <args.lua", "$L -e '' args.lua ''", "$L -- -- x",
    "mkfifo $$.fifo; echo 'print(...)' >$$.fifo & $L $$.fifo a",
    "echo 'print(#...)' | $L - $(head -c 100000 /dev/zero | tr '\\0' x)",
    "LUA_INIT=@wrong.lua $L args.lua", "LUA_INIT=@wrong.lua $L -E args.lua", "LUA_INIT='print(#arg, arg[1])' $L args.lua a",
    "LUA_INIT='os.exit(4)' $L args.lua", "LUA_INIT_5_4= LUA_INIT='print(1)' $L -e 'print(2)'",
    "$L -e 'error(\"x\", 0)'", "$L -e 'local t <close> = setmetatable({}, { __close = function() print(1) end }) error \"x\"'",
  }
  local same = #commands
  for _, command in ipairs { "$L -v args.lua x", "$L -v -e 'print(1)'", "$L -v <args.lua" } do -- but for the version
    table.insert(commands, command)
  end
  local with_version = #commands
  for _, command in ipairs { "echo 'print(1)' | $L -i", "echo 'print(...)' | $L -i args.lua a",
    "echo 'print(x)' | $L -e 'x=1' -i",
    "printf 'x = 5\nx, 7\nfor i = 1, 2 do\nprint(i)\nend\nerror \"e\"\nnil\n' | $L -i", "echo 'os.exit(3)' | $L -i",
    "echo 'print(1)' | $L -i wrong.lua", "echo 'print(1)' | $L -i -e 'error \"x\"'", "echo 'print(#arg, arg[0])' | $L -i",
    "echo 'print(1)' | $L -i -", "echo 'print(1)' | $L -i nowhere.lua", "echo 'x = = 1' | $L -i",
    "echo 'warn \"a\"' | $L -W -i", "echo 'warn \"a\"' | $L -i", "$L -i", "$L -i -e 'print(1)'" } do
    table.insert(commands, [[export LUA_INIT='_PROMPT = "@" _PROMPT2 = "@"'; ]] .. command)
  end
  local with_lines = #commands
  for _, options in ipairs { "-x", "--x", "-vx", "-Ex", "-Wx", "-e", "-l", "-e -v", "-l -e", "-ix", "-xe 1", "-e 1 -z" } do
    table.insert(commands, "$L " .. options)
  end

  setup(function()
    if not has "lua5.4" then return end
    stock, ours = run_all("$(command -v lua5.4)", commands), run_all('"$M"', commands)
  end)

  for i, command in ipairs(commands) do
    it(command, function()
      if not stock then return pending "lua5.4 is not installed" end
      if i <= same then
        assert.same(stock[i], ours[i])
      elseif i <= with_version then
        assert.equal(stock[i].out:match "\n(.*)$", ours[i].out:match "\n(.*)$")
        assert.same({ stock[i].code, stock[i].said }, { ours[i].code, ours[i].said })
      elseif i <= with_lines then -- but for the banner, the prompts and the line end behind the last one
        local echoes = stock[with_version + 1].out:find("@print", 1, true) -- as readline does
        local shown = stock[i].out:gsub("^Lua 5[^\n]*\n", ""):gsub(echoes and "@[^\n]*\n?" or "@", "")
        if not echoes then shown = shown:gsub("\n$", "") end
        assert.same({ shown, stock[i].said, stock[i].code }, { ours[i].out, ours[i].said, ours[i].code })
      else -- a wrong option runs nothing; ours ends with 2
        assert.same({ 1, "" }, { stock[i].code, stock[i].out })
        assert.same({ 2, "" }, { ours[i].code, ours[i].out })
      end
    end)
  end
end)

-- One line on standard error, nothing else; its text as a pattern.
local function refused(code, pattern, command, input)
  local got = shell(("cd %s; %s"):format(quote(folder), command), input)
  local shown = command .. "\n" .. got.out .. got.err
  assert.same({ code, "" }, { got.code, got.out }, shown)
  assert.truthy(got.err:find("^moonport: " .. pattern .. "\n$"), shown)
  assert.is_nil(got.err:find "%f[^%s]lua/", shown)
end

describe("Refused in one line:", function()
  it("what is no option, with 2", function()
    for option, pattern in pairs {
      ["-x"] = "unrecognized option '%-x'; see moonport %-%-help", ["--nothing"] = "unrecognized option '%-%-nothing'; see .*",
      ["--watch=1 x"] = "unrecognized option '%-%-watch=1'; see .*", ["-e"] = "an argument is missing after '%-e'; see .*",
      ["--print"] = "an argument is missing after '%-%-print'; see .*", ["-l -v"] = "an argument is missing after '%-l'; see .*",
      ["completions"] = "'completions' takes the name of a shell, bash, zsh or fish; see .*",
      ["completions csh"] = "'completions' takes the name of a shell, .*", ["completions bash zsh"] = "'completions' takes .*",
      ["completions ''"] = "'completions' takes .*", ["types --help x"] = "'types' takes no argument; see .*",
      ["--no-color test"] = "'test' is a command only where it stands first; see moonport %-%-help",
      ["-e 1 -- types"] = "'types' is a command only .*", ["--watch ''"] = "%-%-watch needs a script that is a file; see .*",
      ["--help=1"] = "unrecognized option '%-%-help=1'; see .*", ["-ie 1"] = "unrecognized option '%-ie'; see .*",
      ["types x"] = "'types' takes no argument; see .*", ["--watch -e 1"] = "%-%-watch needs a script that is a file; see .*",
    } do refused(2, pattern, '"$M" ' .. option) end
  end)

  it("what is no option or no script, with control bytes escaped", function()
    refused(2, "unrecognized option '%-%-x\\x1b%[1m\\x0a'; see .*", '"$M" \'--x\27[1m\n\'')
    refused(1, "cannot open a\\x1bb: No such file or directory", '"$M" "$(printf \'a\\033b\')"')
    refused(1, "cannot open " .. ("x"):rep(6000) .. ": File name too long", '"$M" ' .. ("x"):rep(6000))
    refused(1, "cannot run a\\x0ab: it is a directory", 'mkdir "a\nb"; "$M" "a\nb"')
  end)

  it("a script that --watch could only wait for, with 1 and the reason", function()
    refused(1, "cannot open nowhere.lua: No such file or directory", '"$M" --watch nowhere.lua')
    refused(1, "cannot run %.: it is a directory", '"$M" --watch .')
  end)

  it("what is no script, with 1 and the reason", function()
    write_file(folder .. "/data.lua", "return '" .. ("x"):rep(40) .. "\0\1\2' +")
    write_file(folder .. "/noise.lua", "\200\201x\2\130\131")
    write_file(folder .. "/packed.lua", "\31\139\8\0\0\0")
    write_file(folder .. "/wide.lua", "\255\254p\0r\0i\0n\0t\0")
    write_file(folder .. "/compiled.lua", string.dump(function() print "compiled" end))
    write_file(folder .. "/damaged.lua", (string.dump(print and function() end):gsub("^(....).", "%1\83")))
    for script, pattern in pairs {
      ["nowhere.lua"] = "cannot open nowhere.lua: No such file or directory", ["."] = "cannot run %.: it is a directory",
      ["args.lua/x"] = "cannot open args.lua/x: Not a directory", ["''"] = "cannot run a script whose name is empty",
      [quote(helper.moonport)] = "cannot run .*: it is no Lua script, but an executable",
      ["data.lua"] = "cannot run data.lua: it is no Lua script, but binary data",
      ["noise.lua"] = "cannot run noise.lua: it is no Lua script, but binary data",
      ["- <packed.lua"] = "cannot run standard input: it is no Lua script, but packed by gzip",
      ["packed.lua"] = "cannot run packed.lua: it is no Lua script, but packed by gzip",
      ["wide.lua"] = "cannot run wide.lua: it is no Lua script, but text in UTF%-16, not UTF%-8",
      ["compiled.lua"] = "cannot run compiled.lua: it is compiled Lua, .*; %-%-allow%-bytecode runs it",
      ["- <compiled.lua"] = "cannot run standard input: it is compiled Lua, .*",
      ["--allow-bytecode damaged.lua"] = "cannot run damaged.lua: it is compiled Lua, but not of this Lua: %(version mismatch%)",
      ["wrong.lua"] = "wrong.lua:1: unexpected symbol near '='",
      ["-p 'x ='"] = "%(command line%):1: unexpected symbol near <eof>",
      ["-p 1+"] = "%(command line%):1: unexpected symbol near <eof>",
      ["-p '\"a\" ..'"] = "%(command line%):1: .* near <eof>",
      ["-p '(1'"] = "%(command line%):1: '%)' expected near <eof>", ["-p 'if 1'"] = "%(command line%):1: 'then' expected .*",
    } do
      if script:find "moonport" and not script:find "^'/" then script = '"$M"' end
      refused(1, pattern, '"$M" ' .. script)
    end
  end)

  it("what may not be read, with 1 and the reason", function()
    local nobody, reason = helper.as_nobody()
    if not nobody then return pending(reason) end
    write_file(folder .. "/secret.lua", "print 'secret'")
    refused(1, "cannot open secret.lua: Permission denied", "chmod 0 secret.lua; " .. nobody .. ' "$M" secret.lua')
    refused(1, "cannot open secret.lua: Permission denied", nobody .. ' "$M" --check secret.lua')
  end)

  it("a help that cannot be written, with 1", function()
    if not helper.exists "/dev/full" then return pending "there is no /dev/full" end
    for _, option in ipairs { "--help", "--version", "types", "completions bash" } do
      refused(1, "cannot write: No space left on device", '"$M" ' .. option .. " >/dev/full")
      refused(1, "cannot write: Bad file descriptor", '"$M" ' .. option .. " >&-")
    end
  end)

  it("no help that nobody reads: a quiet end", function()
    for _, option in ipairs { "--help", "--version", "types", "completions zsh", "-p 1", "test --help" } do
      local file = helper.path()
      local got = shell(('mkfifo %s; : <%s & exec 3>%s; wait; "$M" %s >&3'):format(file, file, file, option))
      assert.same({ "", "", 0 }, { got.out, got.err, got.code }, option)
    end
  end)
end)

describe("Our options:", function()
  local function says(out, command, code, err)
    local got = shell(("cd %s; %s"):format(quote(folder), command))
    assert.same({ out, err or "", code or 0 }, { got.out, got.err, got.code }, command)
  end

  it("--print shows what an expression or a chunk gives, also one that waits", function()
    says("2\n", '"$M" -p 1+1')
    says("2\n", '"$M" --print=1+1')
    says("2\ntext\n[ 1, 'a' ]\nnil\n", [["$M" -p '1+1, "text", { 1, "a" }, nil']])
    says("", '"$M" -p "x = 1"')
    says("5\n", '"$M" -e "x = 5" -p x -p "do return end"')
    says("%d\n1\n", [["$M" -p '"%d"' -p '1 -- comment']])
    says("1\nwaited\n", [["$M" -p 'require "async".sleep(1) and "waited"' -p 1]])
    says("5\nline two\n", [["$M" -p 5 - <shebang.lua]])
  end)

  it("--print blames the code for an error, and nothing of ours", function()
    local got = shell [["$M" -p 'error "x"']]
    assert.same({ 1, "" }, { got.code, got.out })
    assert.equal("moonport: (command line):1: x\nstack traceback:\n\t[C]: in function 'error'\n"
      .. "\t(command line):1: in main chunk\n\t[main chunk]\n", got.err)
  end)

  it("--check loads every file and runs none", function()
    says("", '"$M" -c args.lua module.lua raises.lua')
    says("", '"$M" --check - <args.lua')
    says("", '"$M" -c <args.lua')
    says("", '"$M" -c args.lua wrong.lua nowhere.lua init.lua', 1, "moonport: wrong.lua:1: unexpected symbol near '='\n"
      .. "moonport: cannot open nowhere.lua: No such file or directory\n")
    says("", [["$M" -c -e 'print(1)' -p 1+1]])
    says("", [["$M" -c -e 'print(' <args.lua]], 1, "moonport: (command line):1: unexpected symbol near <eof>\n")
  end)

  it("--allow-bytecode runs what luac made", function()
    write_file(folder .. "/good.luac", string.dump(load "print('compiled', ...)"))
    says("compiled\ta\n", '"$M" --allow-bytecode good.luac a')
    says("compiled\n", '"$M" --allow-bytecode - <good.luac')
  end)

  it("--no-color is NO_COLOR, for children too", function()
    says("1\n", [["$M" --no-color -e 'print(os.getenv "NO_COLOR")']])
  end)

  it("--help, --version and types say what they are asked and nothing else", function()
    assert.equal(shell '"$M" -h'.out, shell '"$M" -e "print(1)" --help x'.out)
    says(shell '"$M" -V'.out, '"$M" -e "print(1)" --version')
    for _, command in ipairs { "types --help", "types -h", "completions --help" } do
      says(shell '"$M" -h'.out, '"$M" ' .. command)
    end
    local types = shell '"$M" types'.out
    assert.truthy(helper.exists(types:gsub("\n", "/net.lua")), types)
    says("a script\n", [[mkdir -p t && cd t && echo 'print "a script"' >types && "$M" ./types]])
  end)

  it("tasks that wait at the end: 13, and where they do", function()
    write_file(folder .. "/waits.lua", 'print "on"\nrequire "async".await(function() end)\nprint "never"')
    local got = shell(("cd %s; \"$M\" waits.lua"):format(quote(folder)))
    assert.same({ 13, "on\n" }, { got.code, got.out }, got.err)
    assert.truthy(got.err:find "^moonport: nothing is left to do, but 1 task waits:\n.*waits.lua:2", got.err)
  end)

  it("--trace-handles shows what is open at the end, whatever the end is", function()
    local open = "moonport: this keeps the loop alive:\n    Server 127.0.0.1:%d+, made at handles.lua:1\n"
      .. "    Timeout 100000 ms, made at handles.lua:2\n"
    write_file(folder .. "/handles.lua", [[require "net".createServer():listen(0, "127.0.0.1")
      setTimeout(print, 100000)
      setTimeout(print, 100000):unref()
      local how = ...
      if how == "signal" then setImmediate(process.kill, process.pid, "SIGTERM") end
      if how == "exit" then process.exit(3) end
      if how == "C" then table.sort({ 2, 1 }, function() process.exit(3) end) end
      if how == "error" then error("wrong", 0) end]])
    for how, expected in pairs { signal = { 143, "" }, exit = { 3, "" }, C = { 3, "" }, error = { 1, "moonport: wrong\n.*" } } do
      local got = shell(("cd %s; \"$M\" --trace-handles handles.lua %s; echo $?"):format(quote(folder), how))
      assert.equal(expected[1] .. "\n", got.out, how)
      local err = got.err:gsub("Terminated\n", "") -- says the shell
      assert.truthy(err:find("^" .. expected[2] .. open .. "$"), how .. "\n" .. err)
    end
    says("", [["$M" --trace-handles -e 'setTimeout(function() end, 1)']], 0, "moonport: nothing keeps the loop alive\n")
  end)
end)

-- -- --watch --------------------------------------------------------------------------------------------------------

-- The program in the background, its lines told one by one: a file that it is to change is changed when it has said so.
describe("--watch", function()
  local function watch(script, steps)
    local place = helper.path()
    os.execute("mkdir " .. place)
    for name, text in pairs(script) do write_file(place .. "/" .. name, text) end
    local pipe = io.popen(("cd %s; exec timeout -k 1 60 %s --watch main.lua 2>&1"):format(place,
      (io.popen("realpath " .. quote(helper.moonport)):read "l")))
    local seen = {}
    local function wait_for(pattern)
      for line in pipe:lines() do
        seen[#seen + 1] = line
        if line:find(pattern) then return line:match(pattern) end
      end
      error(("%q did not come: %s"):format(pattern, table.concat(seen, "\n")), 0)
    end
    local ok, err = pcall(steps, wait_for, function(name, text)
      write_file(place .. "/" .. name .. ".new", text)
      os.rename(place .. "/" .. name .. ".new", place .. "/" .. name) -- as editors do
    end, place)
    pipe:close()
    if not ok then error(err, 0) end
    return seen
  end

  local first = "io.stdout:setvbuf 'line' print('parent', process.ppid) "

  it("starts again when the script, a module or a file that it loads changes; goes on after errors", function()
    local seen = watch({
      ["main.lua"] = first .. "print('one', require 'part', dofile 'data.lua') setInterval(print, 100000)",
      ["part.lua"] = "return 1", ["data.lua"] = "return 'a'",
    }, function(wait_for, change, place)
      local parent = wait_for "^parent\t(%d+)"
      wait_for "^one\t1\ta"
      change("part.lua", "return 2")
      wait_for "^moonport: part.lua has changed: starting again$"
      wait_for "^one\t2\ta"
      change("data.lua", "return 'b'")
      wait_for "^one\t2\tb"
      write_file(place .. "/part.lua", "return = 3")
      wait_for "^moonport: ended with 1, waiting for a change$"
      change("part.lua", "return 4")
      wait_for "^one\t4\tb"
      change("main.lua", first .. "print 'two' process.exit(5)")
      wait_for "^two"
      wait_for "^moonport: ended with 5, waiting for a change$"
      change("main.lua", first .. "print 'three' setInterval(print, 100000)")
      assert.equal(parent, wait_for "^parent\t(%d+)")
      wait_for "^three"
      os.execute("kill -TERM " .. parent)
    end)
    assert.equal("three", seen[#seen])
  end)

  it("hands signals on, and ends when the child has ended", function()
    watch({ ["main.lua"] = first .. "process.on('SIGTERM', function() print 'told' process.exit(0) end) "
      .. "print 'ready' setInterval(print, 100000)" }, function(wait_for)
      local parent = wait_for "^parent\t(%d+)"
      wait_for "^ready"
      os.execute("kill -TERM " .. parent)
      wait_for "^told"
    end)
  end)

  it("leaves no child behind when it is killed", function()
    watch({ ["main.lua"] = first .. "print('me', process.pid) setInterval(print, 100000)" }, function(wait_for)
      local parent, child = wait_for "^parent\t(%d+)", wait_for "^me\t(%d+)"
      os.execute("kill -KILL " .. parent)
      assert.equal(true, os.execute(("for i in $(seq 200); do kill -0 %s 2>/dev/null || exit 0; sleep 0.05; done; exit 1")
        :format(child)))
    end)
  end)
end)
