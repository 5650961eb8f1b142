-- stdio_spec.lua - process.stdin, stdout and stderr over pipes, files and terminals, in programs of their own: in order
-- with print and io.write, quiet when nobody reads, and nothing for those who do not ask.
local helper = require "spec.helper"
local terminal = require "spec.terminal"

local function has(command) return os.execute(("command -v %s >/dev/null 2>&1"):format(command)) == true end

describe("process.stdout", function()
  it("is in order with print and io.write, in a file, a pipe and a terminal", function()
    local source = [[
      for i = 1, 3 do
        print("print " .. i)
        process.stdout:write("write " .. i .. "\n")
        io.write("io " .. i .. "\n")
        console.log("log " .. i)
      end
      process.stdout:write "last"]]
    local wanted = ""
    for i = 1, 3 do wanted = wanted .. ("print %d\nwrite %d\nio %d\nlog %d\n"):format(i, i, i, i) end
    assert.equal(wanted .. "last", helper.script(source).out)
    local file = helper.write_file(helper.path ".lua", source)
    assert.equal(wanted .. "last", helper.shell(('"$M" %s | cat'):format(file)).out)
    if terminal.missing() then return pending(terminal.missing()) end
    assert.equal(wanted .. "last", (terminal.play({ { "wait" } }, { command = '"$M" ' .. file }).bytes:gsub("\r", "")))
  end)

  it("has everything out before the program ends, however it ends", function()
    for _, ending in ipairs { "", "process.exit(3)", "os.exit(3)", "error 'x'" } do
      local result = helper.script(([[
        process.stdout:write(("x"):rep(300000))
        process.stderr:write "err"
        %s]]):format(ending))
      assert.equal(300000, #result.out)
      assert.equal("err", result.err:sub(1, 3))
    end
  end)

  it("waits for a slow reader that made the pipe one that does not block", function()
    if not has "python3" then return pending "python3 is not installed" end
    local file = helper.write_file(helper.path ".lua", 'process.stdout:write(("x"):rep(1000000))')
    local reader = helper.write_file(helper.path ".py", [[
import os, subprocess, sys
r, w = os.pipe()
os.set_blocking(w, False)
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
n = 0
while True:
    part = os.read(r, 65536)
    if not part: break
    n += len(part)
print(n, child.wait())
]])
    assert.equal("1000000 0\n", helper.shell(('python3 %s "$M" %s'):format(reader, file)).out)
  end)

  it("ends the program quietly when nobody reads any more", function()
    local file = helper.write_file(helper.path ".lua", [[
      process.on("exit", function(code) io.stderr:write("exit " .. code .. "\n") end)
      setInterval(function() process.stdout:write "line\n" end, 1)]])
    local result = helper.shell(('{ timeout 10 "$M" %s; echo "code $?" >&2; } | head -n 1'):format(file))
    assert.equal("line\n", result.out)
    assert.equal("code 0\n", result.err:match "code %d+\n")
    assert.falsy(result.err:find("EPIPE", 1, true), result.err)
  end)

  it("tells EPIPE to those who listen", function()
    local file = helper.write_file(helper.path ".lua", [[
      process.stdout:on("error", function(err)
        io.stderr:write(err.code .. "\n")
        process.exit(5)
      end)
      setInterval(function() process.stdout:write "line\n" end, 1)]])
    local result = helper.shell(('{ timeout 10 "$M" %s; echo "code $?" >&2; } | head -n 1'):format(file))
    assert.equal("EPIPE\ncode 5\n", result.err)
  end)

  it("tells a full disk", function()
    local result = helper.script([[
      process.stdout:on("error", function(err) io.stderr:write(tostring(err)) end)
      process.stdout:write("x", function(err) io.stderr:write(err.code .. "\n") end)]], { before = "exec >/dev/full;" })
    assert.equal("ENOSPC\nError: ENOSPC: no space left on device, write", result.err)
  end)

  it("is never ended by pipe()", function()
    local result = helper.script [[
      local net = require "net"
      local server
      server = net.createServer(function(peer)
        peer:finish(("x"):rep(200000))
        server:close()
      end):listen(0, "127.0.0.1", function()
        net.connect(server:address().port, "127.0.0.1"):on("close", function()
          process.stdout:write("\nstill " .. tostring(process.stdout.writable))
        end):pipe(process.stdout)
      end)]]
    assert.equal(("x"):rep(200000) .. "\nstill true", result.out)
    assert.equal("", result.err)
  end)
end)

describe("process.stdin", function()
  local collect = [[
    local n = 0
    process.stdin:on("data", function(chunk) n = n + #chunk end)
    process.stdin:on("end", function() print(n) end)]]

  it("reads a file, a pipe, /dev/null, and nothing when it is closed", function()
    local text = helper.bytes(200000)
    local script = helper.write_file(helper.path ".lua", collect)
    assert.equal("200000\n", helper.script(collect, { input = text }).out)
    local input = helper.write_file(helper.path(), text)
    assert.equal("200000\n", helper.shell(('cat %s | timeout 10 "$M" %s'):format(input, script)).out)
    assert.equal("0\n", helper.script(collect).out)
    assert.equal("0\n", helper.shell(('timeout 10 "$M" %s <&-'):format(script)).out)
  end)

  it("has every method of its class, whatever the script requires", function()
    local pipe = helper.write_file(helper.path ".lua", "process.stdin:pipe(process.stdout)")
    local receive = helper.write_file(helper.path ".lua", [[print(process.stdin:receive "l")]])
    local file = helper.write_file(helper.path(), "hi\n")
    for _, source in ipairs { pipe, receive } do
      assert.equal("hi\n", helper.shell(('echo hi | timeout 10 "$M" %s'):format(source)).out)
      assert.equal("hi\n", helper.shell(('timeout 10 "$M" %s <%s'):format(source, file)).out)
    end
  end)

  it("keeps no program alive that did not ask for data, or has paused", function()
    for _, source in ipairs { "process.stdin:isPaused()", "process.stdin:pause()", [[
      process.stdin:once("data", function() process.stdin:pause() end)]] } do
      local file = helper.write_file(helper.path ".lua", source .. [[
        process.on("exit", function() io.stderr:write "exit" end)]])
      -- the writer ends when its reader has ended, not before
      local result = helper.shell(('mkfifo %s; { timeout 20 "$M" %s <%s; echo ended; } & exec 3>%s; echo x >&3; wait'):format(
        file .. ".fifo", file, file .. ".fifo", file .. ".fifo"))
      assert.equal("ended\n", result.out)
      assert.equal("exit", result.err)
    end
  end)

  it("leaves the pipe as it found it: who reads it next may block", function()
    local file = helper.write_file(helper.path ".lua", 'process.stdin:once("data", function() process.stdin:destroy() end)')
    local result = helper.shell(('mkfifo %s.go; { echo one; read -r go <%s.go; echo two; } | { timeout 10 "$M" %s; '
      .. 'echo >%s.go; cat; }'):format(file, file, file, file))
    assert.equal("two\n", result.out)
  end)

  it("goes through a socket and comes back whole", function()
    local sum = has "sha256sum" and "sha256sum" or "cksum"
    local big, size = helper.path(), (helper.sanitized and 20 or 200) * 1024 * 1024
    assert(os.execute(("head -c %d /dev/urandom >%s"):format(size, big)))
    local server = helper.write_file(helper.path ".lua", [[
      local server
      server = require "net".createServer({ allowHalfOpen = true }, function(peer)
        server:close()
        peer:pipe(peer)
      end):listen(0, "127.0.0.1", function() print(server:address().port) end)]])
    local result = helper.shell(([[mkfifo %s.port; { timeout 60 "$M" %s >%s.port & } && read -r port <%s.port
      cat %s | timeout 60 "$M" examples/netcat.lua 127.0.0.1 $port | %s; %s <%s]]):format(server, server, server, server,
      big, sum, sum, big))
    os.remove(big)
    local first, second = result.out:match "^([^\n]+)\n([^\n]+)\n$"
    assert.truthy(first, result.err)
    assert.equal(first, second)
  end)

  it("is a terminal where it is one", function()
    if terminal.missing() then return pending(terminal.missing()) end
    local file = helper.write_file(helper.path ".lua", [[
      print(process.stdin.isTTY, process.stdout.isTTY, process.stdout.columns, process.stdin.isRaw)
      print(process.stdin:setRawMode(true).isRaw, process.stdin:setRawMode(false).isRaw)
      print(process.stdout:getWindowSize()[2], process.stdout:hasColors(2 ^ 30))
      process.stdin:once("data", function(data)
        print(#data)
        process.stdin:pause()
      end)]])
    local got = terminal.play({ { "expect", "24" }, { "send", "q\r" }, { "wait" } },
      { command = '"$M" ' .. file, columns = 70 })
    assert.equal("true\ttrue\t70\tfalse\ntrue\tfalse\n24\tfalse\n", (got.bytes:gsub("\r", ""):match "^(.-\n.-\n.-\n)"))
    assert.truthy(got.bytes:find "\n2\r\n$", got.bytes)
    assert.same({ 0, true }, { got.code, got.restored })
  end)
end)

describe("A terminal", function()
  -- Node's own output, as `cat -v` shows it
  it("is written to by Node's codes", function()
    if not has "script" then return pending "script(1) is not installed" end
    local file = helper.write_file(helper.path ".lua", [[
      local out = process.stdout
      local function done() process.stderr:write "done;" end
      local returned = { out:cursorTo(0, 0, done), out:cursorTo(5), out:cursorTo(2.0, done), out:moveCursor(2, -1),
        out:moveCursor(-3, 4), out:moveCursor(0, 0, done), out:clearLine(-1), out:clearLine(1), out:clearLine(0),
        out:clearScreenDown() }
      for i = 1, 10 do assert(returned[i] == true) end
      assert(out:cursorTo "x")]])
    local result = helper.shell(("script -qec \"timeout 10 $M %s\" /dev/null"):format(file))
    assert.equal("\27[1;1H\27[6G\27[3G\27[2C\27[1A\27[3D\27[4B\27[1K\27[0K\27[2K\27[0Jdone;done;done;", result.out)
  end)

  it("refuses what Node refuses", function()
    local out = process.stdout
    helper.raises("ERR_INVALID_ARG_VALUE", out.cursorTo, out, 0 / 0)
    helper.raises("ERR_INVALID_ARG_VALUE", out.cursorTo, out, 1, 0 / 0)
    helper.raises("ERR_INVALID_ARG_TYPE", out.cursorTo, out, 1, 2, 3)
    helper.raises("ERR_INVALID_CURSOR_POS", out.cursorTo, out, "1", 2)
    helper.raises("ERR_INVALID_ARG_TYPE", out.moveCursor, out, 1, 2, 3)
    helper.raises("ERR_INVALID_ARG_TYPE", out.clearLine, out, 0, 5)
    helper.raises("ERR_INVALID_ARG_TYPE", out.clearScreenDown, out, 5)
  end)

  it("tells its colours by the environment", function()
    local depths = { [1] = { {}, { TERM = "dumb" }, { NO_COLOR = "1", TERM = "xterm" }, { FORCE_COLOR = "0" },
        { NODE_DISABLE_COLORS = "1", TERM = "xterm" } },
      [4] = { { TERM = "xterm" }, { COLORTERM = "yes" }, { FORCE_COLOR = "" }, { FORCE_COLOR = "1" } },
      [8] = { { TERM = "xterm-256color" }, { TMUX = "1" }, { FORCE_COLOR = "2" } },
      [24] = { { COLORTERM = "truecolor" }, { COLORTERM = "24bit", TERM = "xterm" }, { FORCE_COLOR = "3", TERM = "dumb" } } }
    for depth, environments in pairs(depths) do
      for _, env in ipairs(environments) do
        assert.equal(depth, process.stdout:getColorDepth(env))
        assert.equal(depth >= 4, process.stdout:hasColors(env))
        assert.equal(depth >= 8, process.stdout:hasColors(256, env))
      end
    end
  end)
end)

describe("The standard streams", function()
  it("are not made before somebody asks", function()
    local result = helper.script [[
      print(rawget(process, "stdin"), rawget(process, "stdout"), package.loaded["moonport.stdio"])
      print(process.stdout == process.stdout, package.loaded["moonport.stdio"] ~= nil)]]
    assert.equal("nil\tnil\tnil\ntrue\ttrue\n", result.out)
  end)
end)
