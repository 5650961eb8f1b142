-- examples_spec.lua - the scripts of examples/ and examples/tutorial/, each in a process of its own, with real clients
-- (those over UDP: udp_examples_spec.lua, tftp_example_spec.lua). Ports are free ones (0).

local helper = require "spec.helper"
local processes = require "spec.processes"
local contents = helper.read_file
local output_of, now = processes.output_of, processes.now
local start, run = processes.start, processes.example

-- A client that connects to a server of this machine, sends what it reads, and ends when both sides are through.
local function nc(port) return start("nc -N 127.0.0.1 " .. port) end

-- One that sends five million bytes, and compares what comes back.
local function returned(port)
  local path = helper.path()
  return start(([[sh -c 'head -c 5000000 /dev/urandom >%s; nc -N 127.0.0.1 %s <%s | cmp - %s']]):format(path, port, path,
    path))
end

local function needs(...)
  local reason = processes.missing(...)
  if reason then pending(reason) end
end

local function ends(process, text) process:ends(text) end

-- -- examples ------------------------------------------------------------------------------------------------------

local function example(script, checks) describe("examples/" .. script, checks) end

describe("The example", function()
  after_each(processes.kill_all)

  example("echo.lua", function()
    it("sends back what it gets", function()
      needs "nc"
      local server = run("echo.lua", "0")
      local client = nc(server:expect "nc 127%.0%.0%.1 (%d+)")
      client:send("hello\n"):expect "^hello\n$"
      ends(client:send "world\n", "hello\nworld\n")
      assert.equal("signal 15", select(2, server:kill()))
    end)

    it("sends back more than sockets hold", function()
      needs "nc"
      local port = run("echo.lua", "0"):expect "nc 127%.0%.0%.1 (%d+)"
      ends(returned(port), "")
    end)
  end)

  example("chat.lua", function()
    it("passes lines on to the others, and tells who comes and goes", function()
      needs "nc"
      local server = run("chat.lua", "0")
      local port = server:expect "nc 127%.0%.0%.1 (%d+)"
      local amy, bob = nc(port), nc(port)
      amy:expect "What is your name%?\n"
      amy:send("Amy\n"):expect "Welcome, Amy!\n$"
      bob:send("Bob\r\n"):expect "Welcome, Bob!\n$"
      amy:expect "%* Bob has come\n$"
      bob:send "hel"
      bob:send "lo\nall"
      amy:expect "Bob: hello\n$"
      amy:send("hi\n")
      bob:expect "Amy: hi\n$"
      ends(bob, "What is your name?\nWelcome, Bob!\nAmy: hi\n")
      amy:expect "%* Bob has left\n$"
      ends(amy, "What is your name?\nWelcome, Amy!\n* Bob has come\nBob: hello\n* Bob has left\n")
      assert.equal("The chat room is open: nc 127.0.0.1 " .. port .. "\n", (server:kill()))
    end)
  end)

  example("redis.lua", function()
    local cases = {
      { "PING", "PONG" }, { "PING hello", "hello" }, { "SET a 5", "OK" }, { "GET a", "5" }, { "get a", "5" },
      { "INCR a", "6" }, { "INCR new", "1" }, { "SET text 'two words'", "OK" }, { "GET text", "two words" },
      { "SET empty ''", "OK" }, { "GET empty", "" }, { "GET nothing", "" },
      { "INCR text", "ERR value is not an integer or out of range\n" },
      { "INCR", "ERR wrong number of arguments for 'incr' command\n" },
      { "SET a", "ERR wrong number of arguments for 'set' command\n" },
      { "NOSUCH a", "ERR unknown command 'NOSUCH'\n" },
    }

    it("serves redis-cli", function()
      needs "redis-cli"
      local server = run("redis.lua", "0")
      local cli, expected = {}, {}
      local port = server:expect "%-p (%d+)"
      for i, case in ipairs(cases) do
        cli[i] = ("redis-cli -p %s %s"):format(port, case[1])
        expected[i] = case[2] .. "\n"
      end
      ends(start("sh " .. helper.write_file(helper.path(), table.concat(cli, "\n"))), table.concat(expected))
      assert.equal("signal 15", select(2, server:kill()))
    end)

    it("takes commands in pieces, many at once, and as typed lines", function()
      needs "nc"
      local client = nc(run("redis.lua", "0"):expect "%-p (%d+)")
      client:send "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$12\r\none\r\n"
      client:expect "^(.*)$"
      client:send("\n two\n\n\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"):expect "^%+OK\r\n%$12\r\none\r\n\n two\n\n\r\n$"
      client:send(("INCR n\r\n"):rep(3) .. "\r\nget n\n")
      ends(client, "+OK\r\n$12\r\none\r\n\n two\n\n\r\n:1\r\n:2\r\n:3\r\n$1\r\n3\r\n")
    end)

    it("ends a connection that does not speak its protocol, and no other", function()
      needs "nc"
      local port = run("redis.lua", "0"):expect "%-p (%d+)"
      local other = nc(port)
      other:send("PING\n"):expect "PONG"
      for _, bad in ipairs { "*x\r\n", "*1\r\nPING\r\n", "*1\r\n$-1\r\n", "*1\r\n$99999999\r\n", ("x"):rep(3000000) } do
        ends(nc(port):send(bad), "-ERR Protocol error\r\n")
      end
      ends(other:send "PING\n", "+PONG\r\n+PONG\r\n")
    end)

    it("serves redis-benchmark", function()
      needs "redis-benchmark"
      local server = run("redis.lua", "0")
      local benchmark = start("redis-benchmark -p " .. server:expect "%-p (%d+)"
        .. " -t set,get,incr -P 16 -c 50 -n 4000 -q")
      local output, how = benchmark:wait()
      assert.equal("exit 0", how)
      for _, name in ipairs { "SET", "GET", "INCR" } do
        assert.matches(name .. ": [%d.]+ requests per second", output)
      end
      assert.not_matches("[Ee]rror", output)
      assert.not_matches("WARNING", output)
      assert.equal("signal 15", select(2, server:kill()))
    end)
  end)

  example("proxy.lua", function()
    it("passes bytes on, both ways", function()
      needs "nc"
      local echo = run("echo.lua", "0"):expect "nc 127%.0%.0%.1 (%d+)"
      local proxy = run("proxy.lua", echo .. " 127.0.0.1 0")
      local port = proxy:expect "to 127%.0%.0%.1:(%d+)%s" and proxy:expect "Connections to 127%.0%.0%.1:(%d+)"
      ends(nc(port):send "hello\n", "hello\n")
      ends(returned(port), "")
      assert.equal("signal 15", select(2, proxy:kill()))
    end)

    it("passes an end on and the answer back", function()
      needs("nc", "socat")
      local sorter = start "socat -d -d TCP-LISTEN:0,bind=127.0.0.1 EXEC:sort"
      local proxy = run("proxy.lua", sorter:expect "listening on [^\n]-:(%d+)\n" .. " 127.0.0.1 0")
      ends(nc(proxy:expect "Connections to [%d.]+:(%d+)"):send "b\na\n", "a\nb\n")
    end)

    it("says that nobody listens there", function()
      needs "nc"
      local proxy = run("proxy.lua", "1 127.0.0.1 0")
      local port = proxy:expect "Connections to [%d.]+:(%d+)"
      assert.equal("", (nc(port):send("hello\n"):wait()))
      proxy:expect "upstream: connect ECONNREFUSED 127%.0%.0%.1:1\n$"
    end)
  end)

  example("unix_pair.lua", function()
    local said = "listening on %s\nconnected\nserver got: hello\nclient got: HELLO\nclosed\n"

    it("is server and client, and leaves no file behind", function()
      local path = helper.path ".sock"
      ends(run("unix_pair.lua", path), said:format(path))
      assert.is_nil(contents(path))
      assert.equal("", output_of(("ls -d '%s' 2>/dev/null"):format(path)))
    end)

    it("has a path of its own", function()
      local output = run("unix_pair.lua"):wait()
      assert.equal(said:format(output:match "listening on (/tmp/moonport%-pair%-%d+%.sock)\n"), output)
    end)
  end)

  example("netcat.lua", function()
    it("talks to a server until either side ends", function()
      local port = run("echo.lua", "0"):expect "nc 127%.0%.0%.1 (%d+)"
      local client = run("netcat.lua", "127.0.0.1 " .. port)
      client:send("hello\n"):expect "^hello\n$"
      ends(client:send "world\n", "hello\nworld\n")
    end)

    it("says what went wrong", function()
      local output, how = run("netcat.lua", "127.0.0.1 1"):wait()
      assert.equal("netcat: Error: connect ECONNREFUSED 127.0.0.1:1\n", output)
      assert.equal("exit 1", how)
    end)
  end)

  example("half_open.lua", function()
    local said = "connected\nsent, now readOnly\napple\nfig\npear\nthe server has ended, too\n"

    it("receives after it has ended its side", function() ends(run "half_open.lua", said) end)

    it("talks to another sorting server", function()
      needs "socat"
      local sorter = start "socat -d -d TCP-LISTEN:0,bind=127.0.0.1 EXEC:sort"
      ends(run("half_open.lua", sorter:expect "listening on [^\n]-:(%d+)\n"), said)
    end)
  end)

  -- -- the tutorial ------------------------------------------------------------------------------------------------

  local function listening(server) return server:expect "服务器正在监听 [%x.:]+:(%d+)" end

  example("tutorial/tcp_server.lua", function()
    it("confirms what the client says, and ends after it", function()
      local server = run("tutorial/tcp_server.lua", "0")
      local port = listening(server)
      local client = run("tutorial/tcp_client.lua", port .. " 500")
      client:expect "^已连接到服务器端。\n已经接收服务器发送的数据： 确认数据: 你好!\n$"
      ends(client, table.concat({
        "已连接到服务器端。",
        "已经接收服务器发送的数据： 确认数据: 你好!",
        "已经接收服务器发送的数据： 确认数据: 再见!\n",
      }, "\n"))
      local output, how = server:wait()
      assert.equal(table.concat({
        "客户端与服务器端连接已经建立！",
        "已接受客户端发送的数据: 你好!",
        "已接受客户端发送的数据: 再见!",
        "客户端连接被关闭。",
        "socket端口被正常关闭。\n",
      }, "\n"), (output:gsub("^[^\n]*\n", "")))
      assert.equal("exit 0", how)
    end)

    it("takes no more than two connections", function()
      needs "nc"
      local server = run("tutorial/tcp_server.lua", "0")
      local port = listening(server)
      local first = nc(port)
      server:expect "连接已经建立"
      local second = nc(port)
      server:expect "连接已经建立.*连接已经建立"
      assert.equal("exit 1", select(2, nc(port):wait())) -- refused
      ends(first:send "1", "确认数据: 1")
      ends(second:send "2", "确认数据: 2")
      local output, how = server:wait()
      assert.matches("TCP服务器被关闭。\n", output)
      assert.equal("exit 0", how)
    end)

    it("tells of a connection that breaks", function()
      local server = run("tutorial/tcp_server.lua", "0")
      local source = [[
        local socket
        socket = require("net").connect(%s, "localhost", function() socket:write "x" end)
        socket:on("data", function() socket:resetAndDestroy() end)]]
      ends(start(("'%s' -e '%s'"):format(helper.moonport, source:format(listening(server)))), "")
      local output, how = server:wait()
      assert.matches("错误编码为ECONNRESET。\n由于一个错误导致socket端口被关闭。\n$", output)
      assert.equal("exit 0", how)
    end)

    it("is ended by Ctrl-C", function()
      local server = run("tutorial/tcp_server.lua", "0")
      listening(server)
      assert.equal("signal 2", select(2, server:kill "INT"))
    end)
  end)

  example("tutorial/tcp_client.lua", function()
    it("says so when there is no server", function()
      ends(run("tutorial/tcp_client.lua", "1"), "与服务器连接或通信的过程中发生了一个错误，错误编码为ECONNREFUSED\n")
    end)
  end)

  example("tutorial/pause_on_connect.lua", function()
    it("shows what was sent when the delay is over", function()
      needs "nc"
      local server = run("tutorial/pause_on_connect.lua", "0 500")
      local port, before = server:expect "Connected on (%d+)!", now()
      local client = nc(port):send "你好"
      server:expect "data : 你好\n$"
      assert.is_true(now() - before >= 0.48)
      ends(client, "")
      assert.equal("signal 15", select(2, server:kill()))
    end)
  end)

  example("tutorial/pause_until_timeout.lua", function()
    it("shows a chunk, and the next when the idle time is over", function()
      needs "nc"
      local server = run("tutorial/pause_until_timeout.lua", "0 300")
      local port, before = listening(server), now()
      local client = nc(port):send "one"
      server:expect "data : one\n$"
      client:send "two"
      server:expect "data : two\n$"
      assert.is_true(now() - before >= 0.58)
      ends(client, "")
      assert.equal("signal 15", select(2, server:kill()))
    end)
  end)

  example("tutorial/pipe_to_file.lua", function()
    it("puts what a client sends into a file", function()
      needs "nc"
      local path = helper.path()
      local server = run("tutorial/pipe_to_file.lua", "0 " .. path)
      ends(nc(listening(server)):send "你好\n", "")
      server:expect "连接成功!\n$"
      ends(start(("sh -c 'until grep -q 你好 %s; do sleep 0.02; done'"):format(path)), "")
      assert.equal("signal 15", select(2, server:kill()))
      assert.equal("你好\n", contents(path))
    end)
  end)

  example("tutorial/pipe_after_timeout.lua", function()
    it("puts what clients sent into one file, when they have been idle", function()
      needs "nc"
      local path = helper.path()
      local server = run("tutorial/pipe_after_timeout.lua", "0 100 " .. path)
      local port = listening(server)
      ends(nc(port):send "one\n", "")
      server:expect "文件已有 7 字节\n$"
      ends(nc(port):send "two\n", "")
      server:expect "文件已有 14 字节\n$"
      assert.equal("signal 15", select(2, server:kill()))
      assert.equal("one\n--\ntwo\n--\n", contents(path))
    end)
  end)

  example("tutorial/used_port.lua", function()
    it("tells that the port is used", function() ends(run("tutorial/used_port.lua", "0"), "端口已经被占用!\n") end)

    it("tells it of another program's port", function()
      local server = run("tutorial/tcp_server.lua", "0")
      ends(run("tutorial/used_port.lua", listening(server)), "端口已经被占用!\n")
    end)
  end)

  example("tutorial/properties.lua", function()
    it("counts what waits, was read and was written", function()
      local output, how = run("tutorial/properties.lua", "0"):wait()
      assert.equal(table.concat({
        "client:write(): false",
        "client.bufferSize > 0: true",
        "drain, client.bufferSize: 0",
        "socket.bytesRead: 10485760",
        "client.bytesWritten: 10485760, client.bytesRead: 12\n",
      }, "\n"), (output:gsub("^client:address%(%): [%x.:]+, IPv[46]\n", "")))
      assert.equal("exit 0", how)
    end)
  end)

  example("tutorial/unref.lua", function()
    it("ends at once, and does not after ref()", function()
      local output, how = run("tutorial/unref.lua", "0"):wait()
      assert.matches("^服务器正在监听 [%x.:]+%.%.%.%.%.%.\n$", output)
      assert.equal("exit 0", how)
      local server = run("tutorial/unref.lua", "0 ref")
      listening(server)
      os.execute "sleep 0.1"
      assert.equal("signal 15", select(2, server:kill()))
    end)
  end)

  example("tutorial/is_ip.lua", function()
    it("tells addresses from names", function()
      ends(run "tutorial/is_ip.lua", table.concat({
        "127.0.0.1: isIP 4, isIPv4 true, isIPv6 false",
        "::1: isIP 6, isIPv4 false, isIPv6 true",
        "localhost: isIP 0, isIPv4 false, isIPv6 false\n",
      }, "\n"))
    end)
  end)
end)

describe("The folder examples/", function()
  local scripts = {}
  for path in output_of "cd examples && ls *.lua waiting/*.lua tutorial/*.lua":gmatch "[^\n]+" do scripts[#scripts + 1] = path end

  it("has no script that is not run by a spec", function()
    local specs, forgotten = output_of "cat spec/*example*_spec.lua", {}
    for _, script in ipairs(scripts) do
      if not specs:find(('example("%s", function()'):format(script), 1, true) then forgotten[#forgotten + 1] = script end
    end
    assert.equal("", table.concat(forgotten, ", "))
  end)

  it("says at the top of each what it shows, and is short", function()
    for _, script in ipairs(scripts) do
      local text = contents("examples/" .. script)
      assert.truthy(select(2, text:gsub("\n", "\n")) <= 150, script .. " is long")
      assert.equal(script:match "[^/]+$", text:match "^%-%- (%S+) %- %S")
      assert.matches("Usage: " .. script:match "[^/]+$":gsub("%p", "%%%0"), text)
    end
  end)

  it("lists the tutorial's scripts in its README.md", function()
    local readme = contents "examples/tutorial/README.md"
    for _, script in ipairs(scripts) do
      local name = script:match "^tutorial/(.+)$"
      if name then assert.is_truthy(readme:find("| " .. name .. " |", 1, true), name .. " is not there") end
    end
  end)
end)
