-- udp_examples_spec.lua - the scripts of examples/ that speak UDP, each in a process of its own, with real clients where
-- there are some and with datagrams of our own making: lost, repeated, cut off and forged ones. Ports are free ones (0).
local dgram = require "dgram"
local helper = require "spec.helper"
local processes = require "spec.processes"
local run, must = helper.run, helper.must
local start, example_of, output_of = processes.start, processes.example, processes.output_of

local function needs(...)
  local reason = processes.missing(...)
  if reason then pending(reason) end
end

local function example(script, checks) describe("examples/" .. script, checks) end

local function ended(process) assert.equal("signal 15", select(2, process:kill())) end

-- A port of UDP that was free a moment ago.
local function free_port()
  local port
  run(function()
    local socket = dgram.createSocket "udp4"
    port = math.tointeger(socket:bindSync().port)
    socket:close()
  end)
  return port
end

-- A client that sends what it reads to a port of this machine and shows what comes back.
local function socat(port, options) return start(("socat -t 1 - UDP4:127.0.0.1:%s%s"):format(port, options or "")) end

describe("The example", function()
  after_each(processes.kill_all)

  -- -- names -------------------------------------------------------------------------------------------------------

  example("dns_server.lua", function()
    local function dig(port, question, ...)
      needs "dig"
      return output_of(("dig @127.0.0.1 -p %s +tries=3 +time=5 %s"):format(port, question:format(...)))
    end

    local function serve()
      local server = example_of("dns_server.lua", "0")
      return server, server:expect "dig @127%.0%.0%.1 %-p (%d+)"
    end

    it("answers dig", function()
      local server, port = serve()
      local answers = {
        ["moon.test A"] = "192.0.2.1\n192.0.2.2\n",
        ["moon.test TXT"] = '"one small step"\n',
        ["APOLLO.Moon.test. A"] = "192.0.2.11\n",
        ["apollo.moon.test TXT"] = '"lm=Eagle"\n"csm=Columbia"\n',
        ["long.moon.test TXT"] = ('"%s01234" "56789%s"\n'):format(("0123456789"):rep(25), ("0123456789"):rep(4)),
        ["moon.test AAAA"] = "", ["long.moon.test A"] = "", ["sun.test A"] = "",
      }
      for question, answer in pairs(answers) do
        assert.equal(answer, dig(port, question .. " +short"), question)
      end
      ended(server)
    end)

    it("tells names that are not there, and what it does not do", function()
      local _, port = serve()
      local cases = {
        { "moon.test A", "NOERROR", "qr aa rd" }, { "moon.test AAAA", "NOERROR", "qr aa rd" },
        { "sun.test A", "NXDOMAIN", "qr aa rd" }, { "moon.test A +norec", "NOERROR", "qr aa" },
        { "longer.moon.test TXT +ignore", "NOERROR", "qr aa tc rd" }, { "moon.test A CH", "REFUSED", "qr aa rd" },
        { "moon.test A +opcode=NOTIFY", "NOTIMP", "qr aa rd" }, { "moon.test A +header-only", "FORMERR", "qr aa rd" },
        { "'a\\.b.moon.test' A", "NXDOMAIN", "qr aa rd" }, { "'apollo\\.moon.test' A", "NXDOMAIN", "qr aa rd" },
      }
      for _, case in ipairs(cases) do
        local output = dig(port, case[1])
        assert.equal(case[2], output:match "status: (%u+)", case[1])
        assert.equal(case[3], output:match "flags: ([%l ]+)", case[1])
        assert.not_matches("malformed", output)
      end
    end)

    -- The names of a question, as its bytes.
    local function name(...)
      local labels = {}
      for i, label in ipairs { ... } do labels[i] = ("s1"):pack(label) end
      return table.concat(labels) .. "\0"
    end

    local function query(id, question, flags, questions)
      return (">I2I2I2I2I2I2"):pack(id, flags or 0x0100, questions or 1, 0, 0, 0) .. question
    end

    local moon = name("moon", "test") .. (">I2I2"):pack(1, 1)

    -- Sends one datagram after the other, each followed by a good question; heard(i, answers to that datagram).
    local function ask(port, datagrams, heard)
      local client, at, answers = dgram.createSocket "udp4", 0, {}
      local function go()
        at = at + 1
        if at > #datagrams then return client:close() end
        client:send(datagrams[at], port)
        client:send(query(0xffff, moon), port)
      end
      client:on("message", function(message)
        if message:sub(1, 2) ~= "\xff\xff" then
          answers[#answers + 1] = message
          return
        end
        assert.equal(2, (">I2"):unpack(message, 7)) -- two addresses
        heard(at, answers)
        answers = {}
        go()
      end)
      go()
    end

    it("answers what is no question with an error, or not at all", function()
      local _, port = serve()
      local none, format_error = {}, "\x00\x01\x85\x01" .. ("\0"):rep(8)
      local cases = {
        { "", none }, { "\0", none }, { query(1, ""):sub(1, 11), none }, { query(1, moon, 0x8100), none }, -- an answer
        { query(1, ""), format_error },
        { query(1, moon:sub(1, -2)), format_error }, { query(1, moon:sub(1, 9)), format_error },
        { query(1, moon:sub(1, 10)), format_error }, { query(1, moon, nil, 0), format_error },
        { query(1, moon .. moon, nil, 2), format_error },
        { query(1, "\x04moo"), format_error }, { query(1, "\x3f"), format_error }, { query(1, "\x40"), format_error },
        { query(1, "\xc0\x0c\0\1\0\1"), format_error }, -- a pointer to itself
        { query(1, "\xff" .. moon), format_error },
        { query(1, name(("a"):rep(64)) .. "\0\1\0\1"), format_error },
        { query(1, (("\x01a"):rep(130)) .. "\0\0\1\0\1"), format_error }, -- longer than a name may be
        { query(1, ("\x01a"):rep(30000)), format_error },
        { ("\0"):rep(65507), "\0\0\x84\x01" .. ("\0"):rep(8) },
      }
      local datagrams = {}
      for i, case in ipairs(cases) do datagrams[i] = case[1] end
      run(function()
        ask(port, datagrams, must(function(i, answers)
          assert.same(cases[i][2] == none and none or { cases[i][2] }, answers, "case " .. i)
        end, #cases))
      end)
    end)

    it("takes the longest name there may be", function()
      local _, port = serve()
      local longest = name(("a"):rep(63), ("b"):rep(63), ("c"):rep(63), ("d"):rep(61))
      assert.equal(255, #longest)
      run(function()
        ask(port, { query(1, longest .. "\0\1\0\1") }, must(function(_, answers)
          assert.same({ "\0\1\x85\x03\0\1\0\0\0\0\0\0" .. longest .. "\0\1\0\1" }, answers)
        end))
      end)
    end)

    it("survives questions with any byte changed", function()
      local server, port = serve()
      local good, datagrams = query(1, moon), {}
      for i = 3, #good do
        for _, byte in ipairs { 0, 1, 0x3f, 0x7f, 0xc0, 0xff } do
          datagrams[#datagrams + 1] = good:sub(1, i - 1) .. string.char(byte) .. good:sub(i + 1)
        end
      end
      run(function()
        ask(port, datagrams, must(function(_, answers) assert.is_true(#answers <= 1) end, #datagrams))
      end)
      ended(server)
    end)
  end)

  -- -- small services ----------------------------------------------------------------------------------------------

  example("qotd_time.lua", function()
    local families = { { "udp4", "127%.0%.0%.1", "127.0.0.1" }, { "udp6", "::1", "::1" } }

    local function ask(kind, host, port, source)
      local answer
      run(function()
        local client = dgram.createSocket(kind)
        if source then client:bindSync { address = host, port = source } end
        client:send("", port, host)
        client:on("message", must(function(message)
          answer = message
          client:close()
        end))
      end)
      return answer
    end

    it("answers over both families", function()
      local server = example_of("qotd_time.lua", "0 0 0")
      for _, family in ipairs(families) do
        local kind, pattern, host = table.unpack(family)
        local quote = ask(kind, host, server:expect("quote: " .. pattern .. " port (%d+)"))
        assert.matches("^[%g ]+%. %([%a%. ]+%)\r\n$", quote)
        assert.is_true(#quote <= 512)
        local text = ask(kind, host, server:expect("daytime: " .. pattern .. " port (%d+)"))
        assert.matches("^%a+day, %d%d %a+ %d%d%d%d %d%d:%d%d:%d%d UTC\r\n$", text)
        local seconds = (">I4"):unpack(ask(kind, host, server:expect("\ntime: " .. pattern .. " port (%d+)")))
        local since_1900 = os.time() + (70 * 365 + 17) * 86400
        assert.is_true(math.abs(seconds - since_1900 % 2 ^ 32) < 300, seconds)
      end
      ended(server)
    end)

    it("answers socat", function()
      needs "socat"
      local server = example_of("qotd_time.lua", "0 0 0")
      local client = socat(server:expect "quote: 127%.0%.0%.1 port (%d+)")
      client:send "\n"
      client:expect "%)\r\n$"
      client = start(("socat -t 1 - UDP6:[::1]:%s"):format(server:expect "daytime: ::1 port (%d+)"))
      client:send "\n"
      client:expect "UTC\r\n$"
    end)

    it("does not answer another service", function()
      local server = example_of("qotd_time.lua", "0 0 0")
      local port = server:expect "quote: 127%.0%.0%.1 port (%d+)"
      local reason
      run(function()
        local service, client = dgram.createSocket "udp4", dgram.createSocket "udp4"
        local bound, err
        for number = 1023, 900, -1 do
          bound, err = pcall(service.bindSync, service, { address = "127.0.0.1", port = number })
          if bound or err.code ~= "EADDRINUSE" then break end
        end
        if not bound then
          reason = "ports below 1024 are not for us: " .. err.message
          service:close()
          return client:close()
        end
        service:on("message", helper.never "an answer")
        service:send("x", port, "127.0.0.1", must(function()
          client:send("x", port)
          client:on("message", must(function()
            client:close()
            service:close()
          end))
        end))
      end)
      if reason then pending(reason) end
    end)
  end)

  example("discovery_client.lua", function()
    it("finds nobody", function()
      example_of("discovery_client.lua", free_port() .. " 127.255.255.255 50"):ends "0 found\n"
    end)

    it("says that it cannot ask", function()
      local client = example_of("discovery_client.lua", free_port() .. " no.such.host.invalid 20000")
      client:expect "^cannot ask: "
    end)
  end)

  example("discovery_server.lua", function()
    it("is found by everybody on the network", function()
      local port = free_port()
      local moon = example_of("discovery_server.lua", "moon 8124 " .. port)
      local sun = example_of("discovery_server.lua", "sun 80 " .. port)
      moon:expect("^moon waits for questions to 127%.255%.255%.255:" .. port .. "\n$")
      sun:expect "^sun waits for questions"
      for _ = 1, 2 do
        local client = example_of("discovery_client.lua", port .. " 127.255.255.255 20000")
        client:expect "moon is at 127%.0%.0%.1:8124\n"
        client:expect "sun is at 127%.0%.0%.1:80\n"
        ended(client)
      end
      moon:expect "asks\n.*asks\n"
      ended(moon)
    end)

    it("answers nothing but its question", function()
      local port = free_port()
      local server = example_of("discovery_server.lua", "moon 8124 " .. port)
      server:expect "waits"
      run(function()
        local client = dgram.createSocket "udp4"
        client:bindSync()
        client:setBroadcast(true)
        for _, bad in ipairs { "", "?", "who is there?", "who is there? ", "who is there? xyz", ("f"):rep(65507),
          "who is there? " .. ("f"):rep(33), "who is there? \0", "moon here, port 1, for ff" } do
          client:send(bad, port, "127.255.255.255")
        end
        client:send("who is there? 0123", port, "127.255.255.255", must(function(err) assert.is_nil(err) end))
        client:on("message", must(function(message)
          assert.equal("moon here, port 8124, for 0123", message)
          client:close()
        end))
      end)
      assert.matches("^[^\n]+\n[%d.:]+ asks\n$", (server:kill()))
    end)

    it("is not mistaken by the client for one that forges an answer", function()
      local forger, port = nil, nil
      run(function()
        forger = dgram.createSocket { type = "udp4" }
        port = math.tointeger(forger:bindSync { address = "127.255.255.255" }.port)
        local client = example_of("discovery_client.lua", port .. " 127.255.255.255 20000")
        forger:on("message", must(function(question, info)
          local token = question:match "^who is there%? (%x+)$"
          for _, bad in ipairs { "", "x here, port 1, for ffff", "\27[31m here, port 1, for " .. token,
            "x here, port y, for " .. token, "x here, port 1, for " .. token .. "\n" } do
            forger:send(bad, info.port, info.address)
          end
          forger:send("true here, port 7, for " .. token, info.port, info.address, must(function()
            assert.equal("true is at 127.0.0.1:7\n", client:expect "^([^\n]*\n)")
            forger:close()
          end))
        end))
      end)
    end)
  end)

  example("multicast_chat.lua", function()
    local function enter(name, port) return example_of("multicast_chat.lua", ("%s 239.255.77.77 %d"):format(name, port)) end

    it("tells everybody what one says, who comes and who goes", function()
      local port = free_port()
      local amy = enter("Amy", port)
      amy:expect "^%* Amy has come\n$"
      local bob = enter("Bob", port)
      bob:expect "^%* Bob has come\n$"
      amy:expect "%* Bob has come\n$"
      bob:send "hel"
      bob:send "lo\n\nall"
      amy:expect "Bob: hello\nBob: \n$"
      bob:ends "* Bob has come\nBob: hello\nBob: \n" -- who has left hears nothing
      amy:expect "Bob: all\n%* Bob has left\n$"
      amy:send(("x"):rep(2000) .. "\n"):expect "%(that was too long%)\n$"
      assert.equal("exit 0", select(2, amy:wait()))
    end)

    it("shows nothing that is no message of its own, and no control bytes", function()
      local port = free_port()
      local amy = enter("Amy", port)
      amy:expect "Amy has come"
      run(function()
        local stranger = dgram.createSocket "udp4"
        stranger:bindSync()
        stranger:setMulticastInterface "127.0.0.1"
        for _, bad in ipairs { "", "moonchat", "hello", "moonchat \xff", "moonchat " .. ("x"):rep(60000) } do
          stranger:send(bad, port, "239.255.77.77")
        end
        stranger:send("moonchat \27[31mred\xC2\x9B31m\r\ngr\u{fc}n", port, "239.255.77.77")
        stranger:close()
      end)
      amy:expect "^%* Amy has come\n%?%[31mred%?31m%?%?gr\u{fc}n\n$"
    end)
  end)

  -- -- the tutorial ------------------------------------------------------------------------------------------------

  local function listening(server) return server:expect '服务器开始监听。地址信息为 {[^}]*"port":(%d+)' end

  example("tutorial/udp_server.lua", function()
    it("confirms what the client says", function()
      local server = example_of("tutorial/udp_server.lua", "0")
      local port = listening(server)
      assert.matches('"address":"127%.0%.0%.1"', server:output())
      assert.matches('"family":"IPv4"', server:output())
      local client = example_of("tutorial/udp_client.lua", port)
      client:expect "服务器所用端口为"
      ended(client)
      assert.equal(("已发送 19字节的数据!\n已经接受服务器发送的数据: 确认信息: 你好，服务器!\n"
        .. "服务器地址为 127.0.0.1。\n服务器所用端口为 %s。\n"):format(port), client:output())
      local info = server:expect "\n已接受客户端发送的数据: 你好，服务器!\n客户端地址信息为 ({[^}]*})\n已发送数据大小: 33字节!\n$"
      assert.matches('"size":19', info)
      ended(server)
    end)

    it("confirms what socat says", function()
      needs "socat"
      local server = example_of("tutorial/udp_server.lua", "0")
      local client = socat(listening(server))
      client:send("hello\n"):expect "^确认信息: hello\n$"
      client:send "100 %d\n"
      client:expect "^确认信息: hello\n确认信息: 100 %%d\n$"
      client:ends "确认信息: hello\n确认信息: 100 %d\n"
      server:expect "已接受客户端发送的数据: hello\n.*已发送数据大小: 20字节!\n.*已接受客户端发送的数据: 100 %%d\n"
    end)
  end)

  example("tutorial/udp_client.lua", function()
    it("sends although nobody is there", function()
      local client = example_of("tutorial/udp_client.lua", free_port())
      client:expect "^已发送 19字节的数据!\n$"
      ended(client)
    end)
  end)

  example("tutorial/udp_close.lua", function()
    it("ends when it has its answer", function()
      example_of("tutorial/udp_close.lua", "0"):ends(
        "client:setTTL(): 64\n已经接受服务器发送的数据: 确认信息: 你好\nsocket端口被关闭。\n")
    end)
  end)

  -- Both clients have heard it, the one or the other first.
  local function both(script, line)
    local output, how = example_of(script, "0"):wait()
    local first, second = line:format(1), line:format(2)
    assert.equal(#first + #second, #output, output)
    assert.truthy(output:find(first, 1, true) and output:find(second, 1, true), output)
    assert.equal("exit 0", how)
  end

  example("tutorial/broadcast.lua", function()
    it("reaches two clients", function()
      both("tutorial/broadcast.lua", "客户端%d已经接受服务器广播的数据: 大家好!\n")
    end)
  end)

  example("tutorial/multicast.lua", function()
    it("reaches two clients", function()
      both("tutorial/multicast.lua", "客户端%d已经接受服务器组播的数据: 组员好!\n")
    end)
  end)
end)
