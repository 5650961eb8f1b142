-- repl_trouble_spec.lua - the prompt on a terminal where it hurts: Ctrl-C and Ctrl-D in every state, job control, windows
-- that change, code that does not end, files and streams that fail, ends that nobody announces. The rest of the terminal:
-- repl_terminal_spec.
local helper = require "spec.helper"
local terminal = require "spec.terminal"
local prompt = require "spec.prompt"
local keys, see = prompt.keys, prompt.see
local ctrl_c, ctrl_d, enter, tab, kill, ended =
  prompt.ctrl_c, prompt.ctrl_d, prompt.enter, prompt.tab, prompt.kill, prompt.ended
local test = prompt.tests(it, pending)

local alive = { keys "'al' .. 'ive'\r", see "'alive'\r\n", see "> ", kill }

-- Plays these steps and then `alive`; compares the screen up to there.
local function lives(expected, steps, options)
  for _, step in ipairs(alive) do steps[#steps + 1] = step end
  local got = terminal.play(steps, options)
  assert.equal(prompt.BANNER .. expected .. "> 'al' .. 'ive'\n'alive'\n>", prompt.plain(got.screen))
  return got
end

local LEAVE = "(To leave, press Ctrl-C again or Ctrl-D, or type .exit)\n"

describe("Ctrl-C at the prompt", function()
  test("is answered though it throws away the keys that were to be read", function()
    local steps = { see "> " }
    for i = 1, 25 do -- the keys are there still, or no more
      for _, step in ipairs { keys "abc", ctrl_c, see "> ", keys(("'m%d'\r"):format(i)), see(("'m%d'\r\n"):format(i)),
        see "> " } do steps[#steps + 1] = step end
    end
    steps[#steps + 1] = kill
    terminal.play(steps)
  end)

  test("gives up whatever readline is in: a search, a count, a quoted key, a half-typed one, half a paste", function()
    lives("> x = 1\n> x = 1^C\n", { "x = 1", see "> ", keys "\18x", see "i-search", keys " ", see "= 1", ctrl_c, see "^C",
      see "> " })
    lives("(arg: 5) ^C\n" .. LEAVE, { see "> ", keys "\0275", see "(arg: 5)", ctrl_c,
      see ".exit", see "> " })
    for _, begun in ipairs { "\22", "\27", "\27[", "\24", "\27[200~pasted" } do
      lives("> abc^C\n", { see "> ", keys "abc", see "abc", keys(begun), { "pause", "30" }, ctrl_c, see "^C", see "> " })
    end
  end)

  test("gives up the line below a list of words, the rows of a long line, the lines of .editor", function()
    lives("> coroutine.\nclose        isyieldable  running      wrap\ncreate       resume       status       yield\n"
      .. "> coroutine.^C\n",
      { see "> ", keys "coroutine.", see "coroutine.", tab, tab, see "yield", see "coroutine.", ctrl_c, see "> " })
    local long = ("x"):rep(200)
    lives("> " .. long:sub(1, 78) .. "\n" .. long:sub(79, 158) .. "\n" .. long:sub(159) .. "^C\n",
      { see "> ", keys(long .. "\1"), see "\27[A", ctrl_c, see "^C", see "> " })
    lives("> .editor\n// Ctrl-D runs what you enter, Ctrl-C drops it\n| y = 1\n| ^C\n> y\nnil\n", { ".editor", see "drops it\r\n",
      see "| ", keys "y = 1\r", see "| ", ctrl_c, see "> ", keys "y\r", see "nil", see "> " })
  end)

  test("cancels a wait with something half typed, which is dropped, and lines that were to come", function()
    lives("> async.sleep(1e6)\nwaiting> half^C\ncancelled\n", { "async.sleep(1e6)", see "waiting> ", keys "half", see "half",
      ctrl_c, see "cancelled", see "> " })
    local got = terminal.play { "async.sleep(1e6)", see "waiting> ", keys "print 'never'\r", see "waiting> ", ctrl_c,
      see "cancelled", see "> ", table.unpack(alive) }
    assert.is_nil(got.screen:find "\nnever")
  end)

  test("cancels a wait for a server's connection; the server serves", function()
    local got = terminal.play { "s = net.createServer():listen(0, '127.0.0.1')", "s:wait 'connection'", see "waiting> ", ctrl_c,
      see "cancelled", "c = net.connect(s:address().port):wait 'connect'", "c.readyState", see "'open'",
      "s.listening", see "true", see "> ", kill }
    assert.truthy(got.screen:find("waiting> ^C\ncancelled\n> c = ", 1, true), got.screen)
  end)

  test("ends what a value does when it is shown or completed", function()
    lives("> setmetatable({}, { __tostring = function() print 'busy' while true do end end })\nbusy\n^C\n{}\n",
      { "setmetatable({}, { __tostring = function() print 'busy' while true do end end })", see "busy'", see "busy\r\n", ctrl_c,
        see "{}", see "> " }, { columns = 120 })
    lives("> t = setmetatable({}, { __index = function() while true do end end })\n> t.a.^C\n",
      { "t = setmetatable({}, { __index = function() while true do end end })", see "> ", keys "t.a.", see "t.a.", tab,
        { "pause", "50" }, ctrl_c, { "pause", "50" }, ctrl_c, see "^C", see "> " })
  end)

  test("ends a file that loads itself for ever", function()
    local path = helper.path ".lua"
    helper.write_file(path, ("print 'again'\n.load %s\n"):format(path))
    local got = terminal.play { ".load " .. path, see "again", see "again", ctrl_c, see "interrupted!", see "> ",
      table.unpack(alive) }
    assert.truthy(got.screen:find("interrupted![^\n]*\n> 'al' .. 'ive'\n'alive'\n>$"), got.screen:sub(-500))
  end)

  test("ends the program where a third one comes and the second was of no use", function()
    local got = terminal.play { "while true do pcall(function() print 'busy' while true do end end) end", see "busy\r\n",
      ctrl_c, see "busy\r\n", ctrl_c, see "busy\r\n", { "pause", "1100" }, ctrl_c, ended }
    assert.same({ 2, true }, { got.signal, got.restored })
    -- where they are seconds apart and of use, there may be many
    got = terminal.play { "print 'busy' while true do end", see "busy\r\n", ctrl_c, see "interrupted!", { "pause", "1100" },
      "print 'busy' while true do end", see "busy\r\n", ctrl_c, see "interrupted!",
      "print 'busy' while true do end", see "busy\r\n", ctrl_c, see "interrupted!", see "> ", kill }
    assert.equal(9, got.signal)
  end)
end)

describe("Ctrl-D at the prompt", function()
  test("takes a character away where there is one, and leaves only at an empty line", function()
    lives("> bc^C\n", { see "> ", keys "abc\1\4", see "bc", ctrl_c, see "> " })
  end)

  test("leaves in an entry that is not complete, and says so; and while something waits", function()
    local got = terminal.play { "do", see "... ", ctrl_d, ended }
    assert.truthy(got.screen:find("> do\n...\nstdin:1: 'end' expected near <eof>$"), got.screen)
    assert.same({ 0, true }, { got.code, got.restored })
    got = terminal.play { "async.sleep(1e6)", see "waiting> ", ctrl_d, ended }
    assert.same({ 0, true }, { got.code, got.restored })
  end)
end)

describe("A shell's job control", function()
  local function job(steps)
    local all = { keys "PS1='$ '\r", see "$ ", keys '"$M"\r', see "> " }
    for _, step in ipairs(steps) do all[#all + 1] = step end
    return terminal.play(all, { command = "bash --norc --noediting -i", env = "M=" .. helper.moonport })
  end

  test("stops it at Ctrl-Z with the terminal as the shell wants it; fg goes on with the line", function()
    local got = job { keys "'ha", see "'ha", keys "\26", see "Stopped", see "$ ", keys "stty -a\r", see " icanon", see "$ ",
      keys "fg\r", see "'ha", keys "lf'\r", see "'half'\r\n", see "> ", ctrl_d, see "$ ", keys "exit\r", ended }
    assert.same({ 0, true }, { got.code, got.restored })
    assert.truthy(got.screen:find("> 'half'\n'half'\n>", 1, true), got.screen)
  end)

  test("stops it also while it is busy, or waits", function()
    job { keys "print 'busy' while true do end\r", see "busy\r\n", keys "\26", see "Stopped", see "$ ", keys "fg\r",
      see "M\"\r\n", { "pause", "50" }, ctrl_c, see "interrupted!", see "> ", keys "async.sleep(1e6)\r", see "waiting> ",
      keys "\26", see "Stopped", see "$ ", keys "fg\r", see "waiting> ", ctrl_c, see "cancelled", see "> ", kill }
  end)
end)

describe("A window that changes its size", function()
  test("while output comes and a line is half typed costs no key", function()
    local source = "n = 0 t = setInterval(function() n = n + 1 print('line ' .. n) if n == 300 then t:close() end end, 1)"
    local text = "'" .. ("0123456789"):rep(8) .. "'"
    local steps = { source, see "> " }
    for i = 1, #text, 6 do
      steps[#steps + 1] = see(("line %d\r\n"):format(i * 3))
      steps[#steps + 1] = { "size", ("%d 24"):format(20 + i % 4 * 30) }
      steps[#steps + 1] = keys(text:sub(i, i + 5))
    end
    for _, step in ipairs { see "line 300\r\n", see "> ", enter, see(text .. "\r\n"), see "> ", kill } do
      steps[#steps + 1] = step
    end
    local got = terminal.play(steps)
    for i = 1, 300 do assert.truthy(got.bytes:find(("line %d\r\n"):format(i), 1, true), i) end
  end)
end)

describe("Output", function()
  test("comes above a pasted entry of several lines, wherever its cursor is", function()
    local print_when_told = "process.on('SIGUSR1', function() print 'above' end) and nil"
    local told = { "signal", "10" }
    local got = terminal.play { print_when_told, see "nil\r\n", see "> ",
      keys "\27[200~if true then\r  print 'x'\rend\27[201~", see "end", told, see "above\r\n", see "end", keys "\1-", see "-",
      told, see "above\r\n", see "end", keys "\127", { "pause", "50" }, enter, see "x\r\n", see "> ", kill }
    assert.truthy(got.screen:find("nil\nabove\nabove\n> if true then\n  print 'x'\nend\nx\n>", 1, true), got.screen)
  end)

  test("comes above a search, which goes on", function()
    local got = terminal.play { "word = 1", "process.on('SIGUSR1', function() print 'above' end) and nil", see "nil\r\n",
      see "> ", keys "\18wor", see "r':", { "signal", "10" }, see "above\r\n", see "i-search", keys "d = ",
      { "pause", "50" }, enter, see "\27[?2004l", "word", see "1\r\n", see "> ", kill }
    assert.truthy(got.screen:find("nil\nabove\n> word = 1\n> word\n1\n>", 1, true), got.screen)
  end)
end)

describe("A stream that is no terminal", function()
  test("may be where values go: the prompt goes there too, without colours", function()
    local got = terminal.play({ see "> ", keys "{ 1 }\r", see "[ 1 ]\r\n> ", ctrl_d, ended },
      { command = [[sh -c '"$M" | cat']], env = "NO_COLOR= M=" .. helper.moonport })
    assert.same({ 0, true, nil }, { got.code, got.restored, (got.bytes:find("\27", 1, true)) })
  end)

  test("may be where errors go", function()
    local path = helper.path()
    terminal.play({ see "> ", keys "error 'x'\r", see "> ", kill },
      { command = ([[sh -c '"$M" 2>%s']]):format(path), env = "NO_COLOR= M=" .. helper.moonport })
    assert.truthy(helper.read_file(path):find("stdin:1: x", 1, true))
  end)

  test("makes a script of standard input, whatever the others are", function()
    local got = terminal.play({ ended }, { command = [[sh -c 'echo "print(1) x = 2" | "$M"']], env = "M=" .. helper.moonport })
    assert.same({ "1\r\n", 0 }, { got.bytes, got.code })
  end)
end)

describe("The option --no-color", function()
  test("holds at the prompt", function()
    local got = terminal.play({ "1 + 1", see "2\r\n", see "> ", kill }, { command = '"$M" --no-color', env = "NO_COLOR=" })
    assert.is_nil(got.bytes:find("\27%[%d+m"))
  end)
end)

describe("A history that cannot be used", function()
  test("costs one line on a terminal too, and the one of the session is there", function()
    local folder = helper.path()
    os.execute("mkdir " .. folder)
    for path, said in pairs { [folder] = "read the history %s: Is a directory",
      ["/dev/full"] = "write the history %s: No space left on device" } do
      local got = terminal.play({ "x = 1", "y = 2", see "> ", keys "\27[A\27[A", see "x = 1", enter, see "> ", kill },
        { env = "MOONPORT_HISTORY=" .. path, columns = 160 })
      local line = "moonport: cannot " .. said:format(path) .. "\n"
      local at, stop = got.screen:find(line, 1, true)
      assert.truthy(at, got.screen)
      assert.is_nil(got.screen:find("cannot", stop, true))
      assert.is_nil(got.screen:find("lua/", 1, true))
    end
  end)
end)

describe("An end that nobody announces", function()
  test("leaves the terminal as it was: exit() and abort() of a library, with the prompt on the screen", function()
    if helper.sanitized then return pending "the sanitizer ends it in its own way" end
    for name, how in pairs { exit = "exit", abort = "signal 6" } do
      local got = terminal.play { ("t = setTimeout(package.loadlib('libc.so.6', '%s'), 50)"):format(name), see "> ",
        keys "half", see "half", ended }
      assert.truthy(how == "exit" and got.code or how == "signal " .. tostring(got.signal), name)
      assert.is_true(got.restored, name)
      assert.truthy(got.bytes:find "\27%[%?2004l[^h]*$", name)
    end
  end)

  test("does so where the terminal goes away, too: it ends", function()
    local got = terminal.play { "t = setInterval(print, 1000)", see "> ", keys "half", see "half", { "signal", "1" }, ended }
    assert.same({ 1, true }, { got.signal, got.restored })
  end)
end)

describe("Lines without readline", function()
  local dumb = { env = "TERM=dumb" }

  test("keep nothing of a wait on the screen, but what was typed meanwhile", function()
    lives("> async.sleep(50)\ntrue\n> async.sleep(200)\nwaiting> 1 + 1\ntrue\n2\n",
      { "async.sleep(50)", see "true", "async.sleep(200)", see "waiting> ", keys "1 + 1\r", see "true", see "2\r\n", see "> " },
      dumb)
    lives("> t = setTimeout(print, 50, 'above') async.sleep(200)\nabove\n",
      { "t = setTimeout(print, 50, 'above') async.sleep(200)", see "waiting> ", see "above", see "waiting> ", see "> " }, dumb)
    lives("> async.sleep(1e6)\nwaiting> ^C\ncancelled\n", { "async.sleep(1e6)", see "waiting> ", ctrl_c, see "cancelled",
      see "> " }, dumb)
  end)
end)
