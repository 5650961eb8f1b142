-- waiting_examples_spec.lua - the scripts of examples/waiting/, each in a process of its own, with real servers and
-- clients: nc, curl, redis-server, Python's smtpd, and servers of our own that fail. Ports are free ones (0).
local async = require "async"
local dgram = require "dgram"
local net = require "net"
local helper = require "spec.helper"
local task = helper.task
local processes = require "spec.processes"
local start, contents, output_of = processes.start, helper.read_file, processes.output_of

local function needs(...)
  local reason = processes.missing(...)
  if reason then pending(reason) end
end

local function run(script, arguments) return processes.example("waiting/" .. script, arguments) end

local function example(script, checks) describe("examples/" .. script, checks) end

local function ended(process) assert.equal("signal 15", select(2, process:kill())) end

-- A port of TCP, or UDP, that was free a moment ago.
local function free_port()
  local port
  helper.run(function()
    local server = net.createServer():listen(0, "127.0.0.1")
    port = server:address().port
    server:close()
  end)
  return port
end

-- What a command prints, and how it ends, while servers of this process go on.
local function output_when_done(command)
  local path = helper.path()
  local process = start(("sh -c '{ %s; } >%s 2>&1; echo exit $? >>%s; mv %s %s.done'"):format(command, path, path, path, path))
  while not helper.exists(path .. ".done") do async.sleep(10) end
  process:wait()
  return contents(path .. ".done")
end

-- Runs a script (%d is the port) with a server whose connections are served by `handler`.
local function with_server(handler, command, pattern)
  task(function()
    local server = net.createServer():serve(handler):listen(0, "127.0.0.1")
    server:on("taskError", function() end) -- a script that breaks off
    assert.matches(pattern, output_when_done(command:format(server:address().port)))
    server:closeAll()
  end)
end

-- A client that connects to a server of this machine, sends what it reads, and ends when both sides are through.
local function nc(port) return start("nc -N 127.0.0.1 " .. port) end

-- The system's own Python first: those of version managers take seconds to start.
local PYTHON = "env PATH=/usr/bin:/bin:$PATH python3"

local function script(name) return ("%s examples/waiting/%s"):format(helper.moonport, name) end

describe("The waiting example", function()
  after_each(processes.kill_all)

  example("waiting/chat.lua", function()
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
      bob:ends "What is your name?\nWelcome, Bob!\nAmy: hi\n"
      amy:expect "%* Bob has left\n$"
      amy:ends "What is your name?\nWelcome, Amy!\n* Bob has come\nBob: hello\nBob: all\n* Bob has left\n"
      assert.equal("The chat room is open: nc 127.0.0.1 " .. port .. "\n", (server:kill()))
    end)

    it("loses a guest who breaks off, and one who does not read, and goes on", function()
      local server = run("chat.lua", "0")
      local port = server:expect "nc 127%.0%.0%.1 (%d+)"
      task(function()
        local function enter(name)
          local guest = net.connect(port, "127.0.0.1")
          guest:send(name .. "\n")
          assert.equal("What is your name?", guest:receive "l")
          assert.equal("Welcome, " .. name .. "!", guest:receive "l")
          return guest
        end
        local amy, bob, lazy = enter "Amy", enter "Bob", enter "Lazy"
        assert.equal("* Bob has come", amy:receive "l")
        assert.equal("* Lazy has come", amy:receive "l")
        bob:resetAndDestroy()
        assert.equal("* Bob has left", amy:receive "l")
        lazy:pause()
        local cleo, line, left = enter "Cleo", ("x"):rep(100000) .. "\n", false
        assert.equal("* Cleo has come", amy:receive "l")
        for _ = 1, 1000 do -- 100 MB at most
          cleo:send(line)
          left = amy:receive "l" == "* Lazy has left"
          if left then break end
        end
        assert.is_true(left)
        lazy:destroy()
        cleo:destroy()
        amy:destroy()
      end)
      ended(server)
    end)
  end)

  -- -- mail --------------------------------------------------------------------------------------------------------

  local LETTER = "Subject: moon\n\n.dot\n..\n.\nlast line\n"

  example("waiting/smtp_server.lua", function()
    local function serve()
      local server = run("smtp_server.lua", "0")
      return server, server:expect "port (%d+)\n"
    end

    it("takes a letter from curl", function()
      needs "curl"
      local server, port = serve()
      local letter = helper.write_file(helper.path(), LETTER)
      local curl = ("curl -s -S smtp://127.0.0.1:%s --mail-from amy@moon.test --mail-rcpt bob@moon.test "
        .. "--mail-rcpt cleo@moon.test --crlf --upload-file %s"):format(port, letter)
      start(curl):ends ""
      local output = server:expect "(From .*)$"
      assert.equal("From <amy@moon.test> to <bob@moon.test>, <cleo@moon.test>:\n" .. LETTER .. "\n", output)
      ended(server)
    end)

    it("keeps its order, and the limits", function()
      needs "nc"
      local server, port = serve()
      local long = ("x"):rep(1000) .. "\r\n"
      local client = nc(port):send(table.concat({
        "what", "ehlo moon", "RCPT TO:<a@b>", "DATA", "MAIL FROM:a@b", "mail from:<>", "DATA", "RCPT TO:<>",
        "RCPT TO:<bob@moon.test>", "RSET", "DATA", "MAIL FROM:<amy@moon.test> SIZE=3", "RCPT TO:<bob@moon.test>", "DATA", "",
      }, "\r\n") .. long:rep(1100) .. ".\r\nNOOP\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nx\n.\nQUIT\n.\r\n.\r\nQUIT\r\n")
      client:ends(table.concat({
        "220 moonport", "500 What?", "250-moonport", "250-SIZE 1048576", "250 8BITMIME", "503 MAIL first",
        "503 MAIL and RCPT first", "501 Say MAIL FROM:<address>", "250 OK", "503 MAIL and RCPT first",
        "501 Say RCPT TO:<address>", "250 OK", "250 OK", "503 MAIL and RCPT first", "250 OK", "250 OK",
        "354 End with a dot", "552 Too long", "250 OK", "250 OK", "250 OK", "354 End with a dot", "250 Taken",
        "221 Bye\r\n",
      }, "\r\n"))
      assert.matches("From <a@b> to <c@d>:\nx\n%.\nQUIT\n%.\n\n$", server:expect "(.*QUIT.*)$")
      ended(server)
    end)

    it("tells of a letter that is cut off", function()
      needs "nc"
      local server, port = serve()
      assert.equal("220 moonport\r\n250 OK\r\n250 OK\r\n354 End with a dot\r\n",
        nc(port):send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nhalf a le"):wait())
      server:expect "lost a letter: the client left in the middle of its letter\n$"
      ended(server)
    end)
  end)

  example("waiting/smtp_client.lua", function()
    local function send(port, arguments)
      return start(("%s %s %s"):format(script "smtp_client.lua", arguments or "amy@moon.test bob@moon.test", port))
    end

    it("sends a letter to smtp_server.lua", function()
      local server = run("smtp_server.lua", "0")
      local port = server:expect "port (%d+)\n"
      send(port):send(LETTER):ends "sent\n"
      server:expect("From <amy@moon%.test> to <bob@moon%.test>:\n" .. LETTER:gsub("%p", "%%%0") .. "\n$")
      send(port):send("no end"):ends "sent\n"
      server:expect "\nno end\n\n$"
      send(port):ends "sent\n"
      server:expect "\n\nFrom <amy@moon%.test> to <bob@moon%.test>:\n\n$"
      ended(server)
    end)

    it("sends a letter to Python's smtpd", function()
      needs "python3"
      if output_of(PYTHON .. " -W ignore -c 'import smtpd' 2>&1") ~= "" then pending "this Python has no smtpd" end
      local port = free_port()
      local server = start(PYTHON .. " -u -W ignore -m smtpd -n -d -c DebuggingServer 127.0.0.1:" .. port)
      server:expect "DebuggingServer started"
      send(port):send(LETTER):ends "sent\n"
      server:expect "b'%.dot'\nb'%.%.'\nb'%.'\nb'last line'\n"
      server:kill()
    end)

    it("says what the server says, and that nobody listens", function()
      with_server(function(socket)
        socket:send "220-hello\r\n220 there\r\n"
        for line in socket:lines() do socket:send(line:find "^EHLO" and "250 OK\r\n" or "550 No!\r\n") end
      end, "echo x | " .. script "smtp_client.lua" .. " a@b c@d %d", "the server says: 550 No!\n.*exit 1\n$")
      with_server(function() end, "echo x | " .. script "smtp_client.lua" .. " a@b c@d %d", "the server has left\n.*exit 1\n$")
      local output, how = send(free_port()):send("x"):wait()
      assert.matches("connect ECONNREFUSED 127%.0%.0%.1", output)
      assert.equal("exit 1", how)
      output, how = send(1, "'a>\nRSET' b"):send("x"):wait()
      assert.matches("no address: a>", output)
      assert.equal("exit 1", how)
    end)
  end)

  -- -- the others --------------------------------------------------------------------------------------------------

  example("waiting/redis.lua", function()
    local connect = dofile "examples/waiting/redis.lua"

    -- f(redis) with a Redis of the spec's own, which answers as `handler` does.
    local function with_redis(handler, f)
      task(function()
        local server = net.createServer():serve(handler):listen(0, "127.0.0.1")
        do
          local redis <close> = connect { port = server:address().port, host = "127.0.0.1", patience = 10000 }
          f(redis)
        end
        server:closeAll()
      end)
    end

    it("gives each task its reply, whoever is cancelled", function()
      with_redis(function(socket)
        local asked = {}
        for line in socket:lines() do
          if line:find "^x" then asked[#asked + 1] = line end
          if #asked == 3 then socket:send(("+%s\r\n:1\r\n*3\r\n$-1\r\n-no\r\n$2\r\n\r\n\r\n"):format(asked[1])) end
        end
      end, function(redis)
        local first = async.spawn(function() return redis:call "x1" end)
        local second = async.spawn(function() return redis:call "x2" end)
        local third = async.spawn(function() return redis:call "x3" end)
        second:cancel()
        assert.equal("x1", first:join())
        local list = third:join()
        assert.equal(false, list[1])
        assert.equal("no", list[2].message)
        assert.equal("\r\n", list[3])
      end)
    end)

    it("tells everybody that the connection has failed", function()
      local cases = {
        ["HTTP/1.0 400 Bad Request\r\n+what is next\r\n"] = "this is not Redis: HTTP/1.0 400 Bad Request",
        [""] = "Redis has closed the connection",
      }
      for text, why in pairs(cases) do
        with_redis(function(socket)
          socket:receive()
          socket:send(text)
        end, function(redis)
          local first, second = redis:ask "PING", redis:ask "PING"
          assert.same({ nil, why }, { first() })
          assert.same({ nil, why }, { second() })
        end)
      end
    end)
  end)

  example("waiting/redis_tour.lua", function()
    it("asks a redis-server, and hears what is published", function()
      needs "redis-server"
      local port = free_port()
      local server = start(("redis-server --port %d --bind 127.0.0.1 --save '' --appendonly no --dir /tmp"):format(port))
      server:expect "Ready to accept connections"
      run("redis_tour.lua", port):ends(table.concat({
        "pipelined: 1 3 6 10 15 21 28 36 45 55", "get: two words",
        "wrong: WRONGTYPE Operation against a key holding the wrong kind of value", "list: two words, two words",
        "deleted: 1, then false", "news: one", "news: two\n",
      }, "\n"))
      server:kill()
    end)

    it("says that there is no Redis", function()
      local output, how = run("redis_tour.lua", free_port()):wait()
      assert.matches("connect ECONNREFUSED 127%.0%.0%.1", output)
      assert.equal("exit 1", how)
    end)
  end)

  example("waiting/socks5.lua", function()
    local function curl(port, url, options)
      return start(("curl -s -S --noproxy '' --max-time 20 %s --socks5-hostname 127.0.0.1:%s %s"):format(options or "", port,
        url))
    end

    local function proxy()
      local process = run("socks5.lua", "0")
      return process, process:expect "127%.0%.0%.1:(%d+)"
    end

    it("fetches pages for curl, by name and by address", function()
      needs("curl", "python3")
      local folder = helper.path()
      os.execute(("mkdir '%s'"):format(folder))
      local bytes = helper.write_file(folder .. "/bytes", helper.bytes(3000000))
      helper.write_file(folder .. "/page", "a page\n")
      local web = start((PYTHON .. " -u -m http.server 0 --bind 127.0.0.1 --directory '%s'"):format(folder))
      local at = web:expect "port (%d+)"
      local process, port = proxy()
      curl(port, ("http://localhost:%s/page"):format(at)):ends "a page\n"
      curl(port, ("http://127.0.0.1:%s/page"):format(at)):ends "a page\n"
      start(("curl -s -S --socks5 127.0.0.1:%s http://127.0.0.1:%s/page"):format(port, at)):ends "a page\n"
      start(([[sh -c 'curl -s -S --socks5-hostname 127.0.0.1:%s http://localhost:%s/bytes | cmp - %s']]):format(port, at,
        bytes)):ends ""
      ended(process)
    end)

    it("tells curl why it cannot", function()
      needs "curl"
      local process, port = proxy()
      local refused = "curl: %(97%) .*%(5%)"
      assert.matches(refused, (curl(port, ("http://127.0.0.1:%d/"):format(free_port())):wait()))
      assert.matches("curl: %(97%) .*%([14]%)", (curl(port, "http://nobody.invalid/"):wait()))
      ended(process)
    end)

    it("passes an end on and the answer back, and takes no other requests", function()
      local process, port = proxy()
      task(function()
        local server = net.createServer():listen(0, "::1")
        server:serve(function(socket) socket:send(socket:receive "a":upper()) end)
        local function ask(request, rest)
          local client <close> = net.connect(port, "127.0.0.1")
          for byte in request:gmatch "." do client:send(byte) end
          client:finish(rest)
          return client:receive "a"
        end
        local no = function(code) return "\5\0\5" .. string.char(code) .. "\0\1" .. ("\0"):rep(6) end
        local v6 = ("\0"):rep(15) .. "\1" .. (">I2"):pack(server:address().port)
        assert.equal(no(0) .. "HELLO", ask("\5\1\0\5\1\0\4" .. v6, "hello"))
        assert.equal(no(7), ask("\5\2\1\0\5\2\0\4" .. v6))
        assert.equal(no(8), ask("\5\1\0\5\1\0\2"))
        assert.equal(no(1), ask("\5\1\0\5\1\0\3\3a\0b\0\1"))
        assert.equal("\5\xff", ask "\5\1\2")
        ask "GET / HTTP/1.0\r\n\r\n"
        assert.equal("\5\0", ask "\5\1\0\5\1")
        server:closeAll()
      end)
      process:expect "a client failed: this is not SOCKS5\na client failed: Error %[ERR_STREAM_PREMATURE_CLOSE%]: "
      ended(process)
    end)
  end)

  example("waiting/port_scan.lua", function()
    it("finds the ports that are open", function()
      task(function()
        local server, ports = net.createServer():listen(0, "127.0.0.7"), {}
        local port = server:address().port
        local first, last = math.max(port - 200, 1), math.min(port + 200, 65535)
        local others = {}
        for at = port + 2, last, 50 do -- some of these may be in use: all the better
          others[at] = net.createServer():listen(at, "127.0.0.7")
          if others[at]:wait "listening" then ports[#ports + 1] = at end
        end
        ports[#ports + 1] = port
        local text = output_when_done(("%s 127.0.0.7 %d %d 20"):format(script "port_scan.lua", first, last))
        for _, open in ipairs(ports) do assert.matches("%f[%d]" .. open .. "\n", text) end
        assert.matches(("of %d ports are open, 0 do not answer\nexit 0\n$"):format(last - first + 1), text)
        server:closeAll()
        for _, other in pairs(others) do other:closeAll() end
      end)
    end)

    it("finds nothing, and says that there is no such host", function()
      local port = free_port()
      run("port_scan.lua", ("127.0.0.1 %d %d"):format(port, port)):ends "0 of 1 ports are open, 0 do not answer\n"
      local output, how = run("port_scan.lua", "nobody.invalid 1 500"):wait()
      assert.matches("getaddrinfo E%u+_?%u* nobody%.invalid", output)
      assert.equal("exit 1", how)
    end)
  end)

  example("waiting/resolve.lua", function()
    it("asks dns_server.lua", function()
      local port = processes.example("dns_server.lua", "0"):expect "dig @127%.0%.0%.1 %-p (%d+)"
      run("resolve.lua", "moon.test " .. port):ends "192.0.2.1\n192.0.2.2\n"
      run("resolve.lua", "Apollo.Moon.test. " .. port):ends "192.0.2.11\n"
      local output, how = run("resolve.lua", "sun.test " .. port):wait()
      assert.equal("there is no such name\n", output)
      assert.equal("exit 1", how)
    end)

    -- A name server that does with each question what the list says: nil, nothing.
    local function lossy(answers, expected)
      task(function()
        local server = dgram.createSocket "udp4"
        server:bind(0, "127.0.0.1")
        server:wait "listening"
        local asked = 0
        async.spawn(function()
          for question, from in server:messages() do
            asked = asked + 1
            for _, answer in ipairs(answers[asked] or {}) do
              server:send(type(answer) == "function" and answer(question) or answer, from.port, from.address)
            end
          end
        end)
        local command = ("%s moon.test %d 127.0.0.1 50"):format(script "resolve.lua", server:address().port)
        assert.equal(expected, output_when_done(command))
        server:close()
      end)
    end

    local function good(question)
      return question:sub(1, 2) .. "\x85\x00\0\1\0\1\0\0\0\0" .. question:sub(13)
        .. (">I2I2I2I4s2"):pack(0xC00C, 1, 1, 300, "\1\2\3\4")
    end
    local function forged(question) return string.char(question:byte() ~ 1) .. good(question):sub(2, -5) .. "\6\6\6\6" end
    local function cut(question) return good(question):sub(1, -3) end

    it("asks again when question or answer are lost, and hears no other answers", function()
      lossy({ [3] = { "", "x", forged, function(question) return question end, good } },
        "no answer in 50 ms\nno answer in 100 ms\n1.2.3.4\nexit 0\n")
    end)

    it("gives up at last, and when nobody listens", function()
      lossy({}, "no answer in 50 ms\nno answer in 100 ms\nno answer in 200 ms\nno answer in 400 ms\n"
        .. "nobody answers\nexit 1\n")
      local output, how = run("resolve.lua", "moon.test " .. free_port()):wait()
      assert.matches("ECONNREFUSED", output)
      assert.equal("exit 1", how)
    end)

    it("takes no answer that is cut off", function() lossy({ { cut } }, "the answer is cut off\nexit 1\n") end)
  end)

  example("waiting/shout_spec.lua", function()
    it("runs under unmodified busted", function()
      needs "busted"
      local busted = output_of "command -v busted":match "[^\n]+"
      local output, how = start(("'%s' %s --output=TAP examples/waiting/shout_spec.lua"):format(helper.moonport, busted)):wait()
      assert.equal("exit 0", how)
      assert.equal(5, select(2, output:gsub("%f[^\n\0]ok %d", "")))
      assert.not_matches("not ok", output)
    end)
  end)
end)
