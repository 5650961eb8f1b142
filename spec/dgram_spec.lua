-- dgram_spec.lua - UDPSocket: what it promises beyond Node's order of events (that is spec/parity/dgram_*): every form
-- and method over both families, calls in the wrong state, closing at every moment, and what we do otherwise on purpose.
local dgram = require "dgram"
local helper = require "spec.helper"
local run, must, raises = helper.run, helper.must, helper.raises
local nan = 0 / 0

local families = {
  { type = "udp4", host = "127.0.0.1", any = "0.0.0.0", family = "IPv4", other = "::1" },
  { type = "udp6", host = "::1", any = "::", family = "IPv6", other = "127.0.0.1" },
}

-- A socket bound to the loopback, and its port.
local function bound(family, options)
  options = options or {}
  options.type = family.type
  local socket = dgram.createSocket(options)
  return socket, socket:bindSync({ address = family.host }).port
end

-- Collects n messages in order, then closes the socket and calls done(list, infos).
local function collect(socket, n, done)
  local list, infos = {}, {}
  socket:on("message", function(message, info)
    list[#list + 1], infos[#infos + 1] = message, info
    if #list == n then
      socket:close()
      done(list, infos)
    end
  end)
end

for _, family in ipairs(families) do
  describe("UDPSocket of " .. family.type, function()
    it("tells who sent what", function()
      run(function()
        local server, port = bound(family)
        local client, client_port = bound(family)
        collect(server, 1, must(function(list, infos)
          assert.same({ "hello" }, list)
          assert.same({ { address = family.host, family = family.family, port = client_port, size = 5 } }, infos)
        end))
        client:send("hello", port, family.host, must(function(err, bytes)
          assert.is_nil(err)
          assert.equal(5, bytes)
          client:close()
        end))
      end)
    end)

    it("gives each message an info table of its own", function()
      run(function()
        local server, port = bound(family)
        collect(server, 3, must(function(_, infos)
          infos[1].address = "changed"
          assert.equal(family.host, infos[2].address)
          assert.is_false(rawequal(infos[2], infos[3]))
        end))
        local client = dgram.createSocket(family.type)
        for _ = 1, 3 do client:send("x", port) end
        client:close()
      end)
    end)

    it("sends in every form, in order", function()
      run(function()
        local server, port = bound(family)
        collect(server, 9, must(function(list)
          assert.same({ "a", "b", "c", "bcd", "bcd", "bcd", "onetwo", "", "" }, list)
        end))
        local client = dgram.createSocket(family.type)
        client:send("a", port)
        client:send("b", tostring(port), family.host)
        client:send("c", port, must())
        client:send("abcde", 1, 3, port)
        client:send("abcde", 1, 3, port, family.host)
        client:sendto("abcde", 1, 3, port, family.host, must())
        client:send({ "one", "", "two" }, port, family.host, must(function(_, bytes) assert.equal(6, bytes) end))
        client:send("", port, must(function(_, bytes) assert.equal(0, bytes) end))
        client:send({}, port, must(function(_, bytes) assert.equal(0, bytes) end))
        client:close()
      end)
    end)

    it("sends in every form to a peer of its own", function()
      run(function()
        local server, port = bound(family)
        collect(server, 5, must(function(list) assert.same({ "a", "b", "bcd", "bcd", "xyz" }, list) end))
        local client = dgram.createSocket(family.type)
        client:connect(port, family.host, must(function(err)
          assert.is_nil(err)
          assert.same({ address = family.host, family = family.family, port = port }, client:remoteAddress())
          client:send("a")
          client:send("b", must(function(failed, bytes) assert.same({ nil, 1 }, { failed, bytes }) end))
          client:send("abcde", 1, 3)
          client:send("abcde", 1, 3, must())
          client:send({ "x", "y", "z" }, must())
          raises("ERR_SOCKET_DGRAM_IS_CONNECTED", client.send, client, "x", 0, 1, port)
          raises("ERR_SOCKET_DGRAM_IS_CONNECTED", client.send, client, "x", 0, 1, port, family.host)
          raises("ERR_SOCKET_DGRAM_IS_CONNECTED", client.connect, client, port)
          client:close()
        end))
        raises("ERR_SOCKET_DGRAM_IS_CONNECTED", client.connect, client, port)
      end)
    end)

    it("hears only its peer, until disconnect()", function()
      run(function()
        local server, port = bound(family)
        local client, client_port = bound(family)
        local stranger = dgram.createSocket(family.type)
        client:connectSync(port, family.host)
        stranger:send("no", client_port, must(function()
          server:send("yes", client_port)
          client:once("message", must(function(message)
            assert.equal("yes", message)
            client:disconnect()
            raises("ERR_SOCKET_DGRAM_NOT_CONNECTED", client.disconnect, client)
            raises("ERR_SOCKET_DGRAM_NOT_CONNECTED", client.remoteAddress, client)
            client:once("message", must(function(other)
              assert.equal("now", other)
              client:close()
              server:close()
            end))
            stranger:send("now", client_port)
            stranger:close()
          end))
        end))
      end)
    end)

    it("binds in every form", function()
      run(function()
        local function check(socket, address)
          assert.equal(address, socket:address().address)
          assert.equal(family.family, socket:address().family)
          socket:close()
        end
        local forms = {
          { family.any }, { family.any, 0 }, { family.host, 0, family.host }, { family.any, nil }, { family.any, {} },
          { family.host, { address = family.host } }, { family.any, { port = 0, exclusive = true } }, { family.any, "0" },
        }
        for _, form in ipairs(forms) do
          local socket = dgram.createSocket(family.type)
          local callback = must(function() check(socket, form[1]) end)
          local arguments = table.pack(table.unpack(form, 2))
          arguments[#arguments + 1] = callback
          assert.equal(socket, socket:bind(table.unpack(arguments)))
        end
      end)
    end)

    it("binds at once with bindSync", function()
      run(function()
        local socket = dgram.createSocket(family.type)
        socket:on("listening", must(function() socket:close() end))
        local address = socket:bindSync()
        assert.same({ address = family.any, family = family.family, port = socket:address().port }, address)
        raises("ERR_SOCKET_ALREADY_BOUND", socket.bindSync, socket)
        local other = dgram.createSocket(family.type)
        raises("EADDRINUSE", other.bindSync, other, { port = address.port })
        raises("ERR_INVALID_ARG_VALUE", other.bindSync, other, { address = "localhost" })
        raises("ERR_SOCKET_BAD_PORT", other.bindSync, other, { port = -1 })
        other:bindSync { address = family.host }
        other:close()
      end)
    end)

    it("may be bound again when bind failed", function()
      run(function()
        local first, port = bound(family)
        local second = dgram.createSocket(family.type)
        second:on("error", must(function(err)
          assert.equal("EADDRINUSE", err.code)
          assert.equal("bind", err.syscall)
          assert.equal(port, err.port)
          assert.truthy(err.where:find "dgram_spec.lua:%d+")
          second:bind(0, family.host, must(function()
            second:close()
            first:close()
          end))
        end))
        second:bind(port, family.host, helper.never "the callback")
      end)
    end)

    it("takes names", function()
      run(function()
        local server, port = bound(family)
        collect(server, 2, must(function(list) assert.same({ "name", "name" }, list) end))
        local asked = {}
        local client = dgram.createSocket {
          type = family.type,
          lookup = function(host, number, callback)
            asked[#asked + 1] = host .. " " .. number
            callback(nil, family.host)
          end,
        }
        client:send("name", port, "some.name", must(function(err)
          assert.is_nil(err)
          client:connect(port, "other.name", must(function()
            client:send "name"
            client:close()
            local digit = family.type == "udp4" and " 4" or " 6"
            assert.same({ "some.name" .. digit, "other.name" .. digit }, asked)
          end))
        end))
      end)
    end)

    it("tells that a name is not known: the callback, else 'error'", function()
      run(function()
        local failure = { code = "ENOTFOUND", message = "no such name" }
        local socket = dgram.createSocket {
          type = family.type, lookup = function(_, _, callback) callback(failure) end,
        }
        socket:send("x", 1, "no.such", must(function(err)
          assert.equal(failure, err)
          socket:once("error", must(function(other)
            assert.equal(failure, other)
            socket:connect(1, "no.such", must(function(third)
              assert.equal(failure, third)
              socket:close()
            end))
          end))
          socket:send("x", 1, "no.such")
        end))
      end)
    end)

    it("fails with an address of the other family", function()
      run(function()
        local socket = dgram.createSocket(family.type)
        socket:send("x", 5, family.other, must(function(err)
          assert.equal("EINVAL", err.code)
          assert.equal(family.other, err.address)
          socket:once("error", must(function(other) assert.equal("EINVAL", other.code) socket:close() end))
          socket:connect(5, family.other)
        end))
      end)
    end)

    it("sends up to the largest size, and tells EMSGSIZE above it", function()
      run(function()
        local largest = family.type == "udp4" and 65507 or 65527
        local server, port = bound(family, { recvBufferSize = 400000 })
        local sizes = { 0, 1, 1472, largest }
        collect(server, #sizes, must(function(list)
          for i, size in ipairs(sizes) do assert.is_true(list[i] == helper.bytes(size)) end
        end))
        local client = dgram.createSocket(family.type)
        for _, size in ipairs(sizes) do
          client:send(helper.bytes(size), port, must(function(err, bytes)
            assert.is_nil(err)
            assert.equal(size, bytes)
          end))
        end
        client:send(helper.bytes(largest + 1), port, must(function(err, bytes)
          assert.equal("EMSGSIZE", err.code)
          assert.is_nil(bytes)
          client:send(helper.bytes(largest + 1), port)
          client:on("close", must(function() assert.equal(1, client.sendErrors) end)):close()
        end))
      end)
    end)

    it("goes on after an error in the middle of what leaves together", function()
      run(function()
        local server, port = bound(family)
        collect(server, 4, must(function(list) assert.same({ "a", "b", "c", "d" }, list) end))
        local client = bound(family)
        local results = {}
        local function note(err, bytes) results[#results + 1] = err and err.code or bytes end
        local large = ("x"):rep(70000)
        for _, message in ipairs { large, "a", "b", large, "c", large, large, "d", large } do
          client:send(message, port, note)
        end
        client:close(must(function()
          assert.same({ "EMSGSIZE", 1, 1, "EMSGSIZE", 1, "EMSGSIZE", "EMSGSIZE", 1, "EMSGSIZE" }, results)
        end))
      end)
    end)
  end)
end

describe("UDPSocket", function()
  it("sends hundreds of messages of one callback in order, each callback told once", function()
    run(function()
      local server, port = bound(families[1], { recvBufferSize = 1000000 })
      local n, told = 500, 0
      collect(server, n, must(function(list)
        for i = 1, n do assert.equal(tostring(i), list[i]) end
      end))
      local client = dgram.createSocket "udp4"
      for i = 1, n do
        client:send(tostring(i), port, function(err, bytes)
          told = told + 1
          assert.is_nil(err)
          assert.equal(i, told)
          assert.equal(#tostring(i), bytes)
        end)
      end
      client:close(must(function() assert.equal(n, told) end))
    end)
  end)

  it("answers a whole batch, with ticks between the messages", function()
    run(function()
      local server, port = bound(families[1], { recvBufferSize = 1000000 })
      local order, n = {}, 100
      server:on("message", function(message, info)
        order[#order + 1] = message
        process.nextTick(function() order[#order + 1] = message .. " tick" end)
        server:send(message, info.port, info.address)
      end)
      local client = bound(families[1], { recvBufferSize = 1000000 })
      collect(client, n, must(function(list)
        for i = 1, n do
          assert.equal(tostring(i), list[i])
          assert.equal(tostring(i), order[2 * i - 1])
          assert.equal(i .. " tick", order[2 * i])
        end
        server:close()
      end))
      for i = 1, n do client:send(tostring(i), port) end
    end)
  end)

  it("goes on with the batch after a listener failed", function()
    run(function()
      local server, port = bound(families[1])
      local caught = {}
      local function catch(err) caught[#caught + 1] = tostring(err):match "number %d" end
      process:on("uncaughtException", catch)
      local seen = {}
      server:on("message", function(message)
        seen[#seen + 1] = message
        if #seen == 3 then
          process:removeListener("uncaughtException", catch)
          server:close()
          assert.same({ "1", "2", "3" }, seen)
          assert.same({ "number 1", "number 2" }, caught)
        else
          error("number " .. message)
        end
      end)
      local client = dgram.createSocket "udp4"
      for i = 1, 3 do client:send(tostring(i), port) end
      client:close()
    end)
  end)

  it("relays: what another socket's batch sends is not lost when that one is closed in it", function()
    run(function()
      local target, target_port = bound(families[1])
      collect(target, 3, must(function(list) assert.same({ "a", "b", "c" }, list) end))
      local relay, port = bound(families[1])
      local out = bound(families[1])
      local n = 0
      relay:on("message", function(message)
        n = n + 1
        out:send(message, target_port)
        if n == 3 then
          out:close()
          relay:close()
        end
      end)
      local client = dgram.createSocket "udp4"
      for _, message in ipairs { "a", "b", "c" } do client:send(message, port) end
      client:close()
    end)
  end)

  it("tells that its peer refuses, and stays open", function()
    run(function()
      local gone, port = bound(families[1])
      gone:close(must(function()
        local socket = dgram.createSocket "udp4"
        socket:connect(port, "127.0.0.1", must(function()
          socket:once("error", must(function(err)
            assert.equal("recvmsg ECONNREFUSED", err.message)
            assert.equal("ECONNREFUSED", err.code)
            assert.equal("recvmsg", err.syscall)
            socket:once("error", must(function(other)
              assert.equal("ECONNREFUSED", other.code)
              socket:close()
            end))
            socket:send "again"
          end))
          socket:send "x"
        end))
      end))
    end)
  end)

  it("closes in each of its callbacks", function()
    local moments = {
      bind = function(socket) socket:bind(0, function() socket:close() end) end,
      listening = function(socket) socket:on("listening", function() socket:close() end):bind() end,
      tick = function(socket) socket:bind() process.nextTick(function() socket:close() end) end,
      ["the same turn"] = function(socket) socket:bind() socket:close() end,
      unbound = function(socket) socket:close() end,
      send = function(socket, port) socket:send("x", port, function() socket:close() end) end,
      ["send by name"] = function(socket, port) socket:send("x", port, "localhost", function() socket:close() end) end,
      ["behind send"] = function(socket, port) socket:send("x", port) socket:close() end,
      ["behind send by name"] = function(socket, port) socket:send("x", port, "localhost") socket:close() end,
      connect = function(socket, port) socket:connect(port, function() socket:close() end) end,
      ["behind connect"] = function(socket, port) socket:connect(port) socket:close() end,
      ["behind connect by name"] = function(socket, port) socket:connect(port, "localhost") socket:close() end,
      lookup = function(socket, port)
        socket:connect(port, "a name")
      end,
      error = function(socket, port) socket:on("error", function() socket:close() end):bind(port, "127.0.0.1") end,
      message = function(socket)
        socket:on("message", function() socket:close() end)
        socket:send("x", socket:bindSync({ address = "127.0.0.1" }).port)
      end,
      abort = function(socket) socket.controller:abort() end,
    }
    for name, moment in pairs(moments) do
      run(function()
        local other, port = bound(families[1])
        local controller = AbortController()
        local socket
        socket = dgram.createSocket {
          type = "udp4", signal = controller.signal,
          lookup = function(_, _, callback)
            if name == "lookup" then socket:close() end
            callback(nil, "127.0.0.1")
          end,
        }
        socket.controller = controller
        socket:on("close", must(function()
          for _, method in ipairs { "bind", "send", "close", "address", "remoteAddress", "setTTL", "bindSync",
            "addMembership", "getSendQueueSize", "setBroadcast", "getRecvBufferSize" } do
            raises("ERR_SOCKET_DGRAM_NOT_RUNNING", socket[method], socket, "x", 1)
          end
          assert.equal(socket, socket:ref():unref())
          assert.equal("udp4", socket.type)
          controller:abort()
          other:close()
        end))
        moment(socket, port)
      end)
    end
  end)

  it("is closed by <close>, again or not", function()
    run(function()
      do
        local socket <close> = dgram.createSocket "udp4"
        socket:on("close", must())
        local closed <close> = dgram.createSocket "udp4"
        closed:close(must())
      end
    end)
  end)

  it("sends what was sent before close(), names included", function()
    run(function()
      local server, port = bound(families[1])
      collect(server, 3, must(function(list)
        table.sort(list)
        assert.same({ "by name", "early", "late" }, list)
      end))
      local client = dgram.createSocket { type = "udp4", lookup = function(_, _, callback)
        setTimeout(callback, 5, nil, "127.0.0.1")
      end }
      client:send("early", port, must(function(err) assert.is_nil(err) end))
      client:send("by name", port, "a.name", must(function(err) assert.is_nil(err) end))
      client:send("late", port, must(function(err) assert.is_nil(err) end))
      client:close(must())
    end)
  end)

  it("tells the callbacks of what cannot be sent because bind failed", function()
    run(function()
      local other, port = bound(families[1])
      local socket = dgram.createSocket "udp4"
      socket:on("error", must(function(err) assert.equal("EADDRINUSE", err.code) end))
      socket:bind(port, "127.0.0.1")
      socket:send("x", port, must(function(err)
        assert.equal("ECANCELED", err.code)
        socket:close()
        other:close()
      end))
    end)
  end)

  it("neither hears nor tells those of its block lists", function()
    run(function()
      local list = require "net".BlockList()
      list:addAddress "127.0.0.2"
      local socket, port = bound(families[1], { receiveBlockList = list, sendBlockList = list })
      collect(socket, 1, must(function(messages) assert.same({ "heard" }, messages) end))
      local blocked = dgram.createSocket "udp4"
      blocked:bindSync { address = "127.0.0.2" }
      socket:send("x", 5, "127.0.0.2") -- dropped without a word
      socket:send("x", 5, "127.0.0.2", must(function(err)
        assert.equal("ERR_IP_BLOCKED", err.code)
        assert.equal("IP(127.0.0.2) is blocked by net.BlockList", err.message)
        assert.equal(0, socket.sendErrors)
        socket:connect(5, "127.0.0.2", must(function(failed)
          assert.equal("ERR_IP_BLOCKED", failed.code)
          raises("ERR_IP_BLOCKED", socket.connectSync, socket, 5, "127.0.0.2")
          blocked:send("not heard", port, must(function()
            local friend = bound(families[1])
            friend:send("heard", port)
            friend:close()
          end))
          blocked:close()
        end))
      end))
      raises("ERR_INVALID_ARG_TYPE", dgram.createSocket, { type = "udp4", sendBlockList = {} })
      raises("ERR_INVALID_ARG_TYPE", dgram.createSocket, { type = "udp4", receiveBlockList = 5 })
    end)
  end)

  it("lets the loop end when it is unreferenced", function()
    run(function()
      local socket = dgram.createSocket("udp4"):unref()
      socket:bind(0, must(function() process.nextTick(function() socket:close() end) end))
      setTimeout(must(), 1)
    end)
    local result = helper.script [[
      require "dgram".createSocket("udp4"):bind(0):unref()
      require "dgram".createSocket("udp4"):unref():bind(0)
      print "end"]]
    assert.same({ "end\n", "", 0 }, { result.out, result.err, result.code })
  end)

  it("shares a port with reuseAddr or reusePort, not without", function()
    run(function()
      for _, option in ipairs { "reuseAddr", "reusePort" } do
        local first, port = bound(families[1], { [option] = true })
        local second = dgram.createSocket { type = "udp4", [option] = true }
        second:bindSync { port = port, address = "127.0.0.1" }
        local third = dgram.createSocket "udp4"
        raises("EADDRINUSE", third.bindSync, third, { port = port, address = "127.0.0.1" })
        first:close()
        second:close()
      end
    end)
  end)

  it("takes IPv4 on '::', unless it is ipv6Only", function()
    run(function()
      local both = dgram.createSocket "udp6"
      local port = both:bindSync().port
      both:on("message", must(function(_, info)
        assert.equal("::ffff:127.0.0.1", info.address)
        assert.equal("IPv6", info.family)
        both:close(must(function()
          local only = dgram.createSocket { type = "udp6", ipv6Only = true }
          only:bindSync { port = port }
          local beside = dgram.createSocket "udp4"
          beside:bindSync { port = port }
          beside:close()
          only:close()
        end))
      end))
      local client = dgram.createSocket "udp4"
      client:send("x", port)
      client:close()
    end)
  end)

  it("takes a descriptor over", function()
    run(function()
      local socket = dgram.createSocket "udp4"
      raises("ERR_INVALID_FD_TYPE", socket.bind, socket, { fd = 1000000 })
      local file <close> = io.open("/dev/null")
      local fd = dgram.createSocket "udp4"
      fd:bindSync()
      raises("EEXIST", socket.bind, socket, { fd = fd.fd })
      fd:close()
      socket:close()
      assert.truthy(file)
    end)
  end)

  it("sets options, and gets them", function()
    run(function()
      local socket = bound(families[1])
      assert.equal(16, socket:setTTL(16))
      assert.equal(0, socket:setMulticastTTL(0))
      assert.is_false(socket:setMulticastLoopback(false))
      socket:setBroadcast(true)
      socket:setMulticastInterface "127.0.0.1"
      socket:setRecvBufferSize(10000)
      socket:setSendBufferSize(11000)
      assert.equal(20000, socket:getRecvBufferSize())
      assert.equal(22000, socket:getSendBufferSize())
      assert.equal(0, socket:getSendQueueSize() + socket:getSendQueueCount())
      for _, ttl in ipairs { 0, 256, -1, nan } do raises("EINVAL", socket.setTTL, socket, ttl) end
      for _, ttl in ipairs { 256, -1, nan } do raises("EINVAL", socket.setMulticastTTL, socket, ttl) end
      for _, size in ipairs { -1, 0.5, 2 ^ 32, nan, "1", {} } do
        raises("ERR_SOCKET_BAD_BUFFER_SIZE", socket.setRecvBufferSize, socket, size)
      end
      raises("ERR_SOCKET_BUFFER_SIZE", socket.setRecvBufferSize, socket, 2 ^ 31)
      raises("EINVAL", socket.setMulticastInterface, socket, "nothing")
      raises("EADDRNOTAVAIL", socket.setMulticastInterface, socket, "203.0.113.1")
      raises("ERR_INVALID_ARG_TYPE", socket.setMulticastInterface, socket)
      raises("ERR_INVALID_ARG_VALUE", socket.setMulticastInterface, socket, "127.0.0.1\0")
      socket:close()
      local unbound = dgram.createSocket "udp4"
      for _, call in ipairs { { "setTTL", 1 }, { "setBroadcast", true }, { "setMulticastTTL", 1 }, { "address" },
        { "setMulticastLoopback", true } } do
        raises("EBADF", unbound[call[1]], unbound, call[2])
      end
      raises("ERR_SOCKET_BUFFER_SIZE", unbound.getRecvBufferSize, unbound)
    end)
  end)

  it("checks groups", function()
    run(function()
      local socket = dgram.createSocket "udp4"
      raises("ERR_MISSING_ARGS", socket.addMembership, socket)
      raises("EINVAL", socket.addMembership, socket, "nothing")
      raises("ENOPROTOOPT", socket.addMembership, socket, "ff02::1")
      raises("EINVAL", socket.addMembership, socket, "127.0.0.1")
      raises("EINVAL", socket.addMembership, socket, "239.1.2.3", "nothing")
      raises("ERR_INVALID_ARG_VALUE", socket.addMembership, socket, "239.1.2.3\0")
      raises("ERR_INVALID_ARG_TYPE", socket.addSourceSpecificMembership, socket, nil, "232.1.1.1")
      raises("ERR_INVALID_ARG_TYPE", socket.addSourceSpecificMembership, socket, "127.0.0.1")
      raises("EINVAL", socket.addSourceSpecificMembership, socket, "127.0.0.1", "1.2.3.4x")
      socket:addMembership("239.1.2.3", "127.0.0.1") -- gets a port
      assert.is_true(socket:address().port > 0)
      raises("EADDRINUSE", socket.addMembership, socket, "239.1.2.3", "127.0.0.1")
      socket:dropMembership("239.1.2.3", "127.0.0.1")
      raises("EADDRNOTAVAIL", socket.dropMembership, socket, "239.1.2.3", "127.0.0.1")
      socket:addSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1")
      socket:dropSourceSpecificMembership("127.0.0.1", "232.1.1.1", "127.0.0.1")
      socket:close()
    end)
  end)

  it("refuses wrong arguments, and works on", function()
    run(function()
      local server, port = bound(families[1])
      collect(server, 1, must(function(list) assert.same({ "fine" }, list) end))
      local socket = dgram.createSocket "udp4"
      for _, wrong in ipairs { "udp", "UDP4", 4, {}, true } do raises("ERR_SOCKET_BAD_TYPE", dgram.createSocket, wrong) end
      raises("ERR_SOCKET_BAD_TYPE", dgram.createSocket)
      raises("ERR_INVALID_ARG_TYPE", dgram.createSocket, { type = "udp4", lookup = 1 })
      raises("ERR_INVALID_ARG_TYPE", dgram.createSocket, { type = "udp4", signal = {} })
      raises("ERR_INVALID_ARG_TYPE", dgram.createSocket, { type = "udp4", recvBufferSize = "1" })
      raises("ERR_OUT_OF_RANGE", dgram.createSocket, { type = "udp4", sendBufferSize = -1 })
      raises("ERR_OUT_OF_RANGE", dgram.createSocket, { type = "udp4", sendBufferSize = 1.5 })
      for _, wrong in ipairs { 0, -1, 65536, 1e300, nan, 1.5, "", "x", true, {} } do
        raises("ERR_SOCKET_BAD_PORT", socket.send, socket, "x", wrong)
        raises("ERR_SOCKET_BAD_PORT", socket.connect, socket, wrong)
      end
      for _, wrong in ipairs { -1, 65536, 1e300, nan, 1.5, "", "x" } do
        raises("ERR_SOCKET_BAD_PORT", socket.bind, socket, wrong)
        raises("ERR_SOCKET_BAD_PORT", socket.bind, socket, { port = wrong })
      end
      for _, wrong in ipairs { 5, true, print } do raises("ERR_INVALID_ARG_TYPE", socket.send, socket, wrong, port) end
      raises("ERR_INVALID_ARG_TYPE", socket.send, socket, nil, port)
      raises("ERR_INVALID_ARG_TYPE", socket.send, socket, { "a", 5 }, port)
      raises("ERR_INVALID_ARG_TYPE", socket.send, socket, { "a" }, 0, 1, port)
      raises("ERR_INVALID_ARG_TYPE", socket.send, socket, "x", port, 5)
      raises("ERR_INVALID_ARG_VALUE", socket.send, socket, "x", port, "127.0.0.1\0.example")
      raises("ERR_INVALID_ARG_VALUE", socket.bind, socket, 0, "127.0.0.1\0")
      raises("ERR_INVALID_ARG_VALUE", socket.connect, socket, port, "127.0.0.1\0")
      raises("ERR_BUFFER_OUT_OF_BOUNDS", socket.send, socket, "abc", 4, 0, port)
      raises("ERR_BUFFER_OUT_OF_BOUNDS", socket.send, socket, "abc", 1, 3, port)
      raises("ERR_BUFFER_OUT_OF_BOUNDS", socket.send, socket, "abc", -1, 1, port)
      raises("ERR_BUFFER_OUT_OF_BOUNDS", socket.send, socket, "abc", 0, 2 ^ 32 - 1, port)
      raises("ERR_INVALID_ARG_TYPE", socket.sendto, socket, "x", "0", 1, port, "127.0.0.1")
      raises("ERR_INVALID_ARG_TYPE", socket.sendto, socket, "x", 0, 1, port)
      raises("ERR_INVALID_THIS", socket.send, io.stdout, "x", port)
      raises("ERR_INVALID_THIS", socket.bind, {})
      socket:send("fine", port)
      socket:close()
    end)
  end)

  it("has fields of its own, a name and a summary", function()
    run(function()
      local socket, port = bound(families[1])
      socket.color = "red"
      assert.equal("red", socket.color)
      assert.equal(("UDPSocket 127.0.0.1:%d"):format(port), tostring(socket))
      assert.equal("UDPSocket { type: 'udp4' }", require "util".inspect(socket):gsub(",? color: 'red'", ""))
      socket:close()
      assert.equal("UDPSocket", tostring(dgram.Socket "udp6"))
    end)
  end)

  it("is garbage when nobody binds it, and kept when it is bound", function()
    run(function()
      local weak = setmetatable({}, { __mode = "v" })
      weak[1] = dgram.createSocket "udp4"
      local port
      do
        local server, number = bound(families[1])
        port, weak[2] = number, server
        server:on("message", must(function(message)
          assert.equal("still here", message)
          weak[2]:close()
        end))
      end
      collectgarbage()
      collectgarbage()
      assert.is_nil(weak[1])
      local client = dgram.createSocket "udp4"
      client:send("still here", port)
      client:close()
    end)
  end)
end)
