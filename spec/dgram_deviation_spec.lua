-- dgram_deviation_spec.lua - where UDPSocket differs from Node on purpose: what Node 20 does instead stands above each
-- check, so that spec/parity/dgram_* may hold everything else to Node's letter.
local dgram = require "dgram"
local helper = require "spec.helper"
local run, must, never, raises = helper.run, helper.must, helper.never, helper.raises

-- A socket bound to the loopback, and its port.
local function bound(type, options)
  options = options or {}
  options.type = type
  local socket = dgram.createSocket(options)
  return socket, socket:bindSync({ address = type == "udp4" and "127.0.0.1" or "::1" }).port
end

-- A server that must hear exactly these messages, in this order; then it closes.
local function expect(type, messages)
  local server, port = bound(type)
  local heard = {}
  server:on("message", function(message)
    heard[#heard + 1] = message
    if #heard < #messages then return end
    server:close()
    assert.same(messages, heard)
  end)
  server:on("close", must())
  return port
end

-- A lookup that answers later.
local function lookup_later(_, family, callback)
  setImmediate(callback, nil, family == 6 and "::1" or "127.0.0.1", family)
end

local function message_of(code, f, ...) return raises(code, f, ...).message end

for _, type in ipairs { "udp4", "udp6" } do
  local host = type == "udp4" and "127.0.0.1" or "::1"

  describe("Otherwise than in Node, of " .. type .. ",", function()
    -- Node drops what waits for bind, for the address of a name or for a tick, and never calls its callback.
    describe("close() lets out what was sent before it", function()
      local moments = {
        ["that binds the socket"] = function(port)
          local socket = dgram.createSocket(type)
          socket:on("listening", must())
          return socket, port
        end,
        ["while bind() waits"] = function(port) return dgram.createSocket(type):bind(0, host), port end,
        ["of a bound socket"] = function(port) return bound(type), port end,
        ["by name"] = function(port)
          return dgram.createSocket({ type = type, lookup = lookup_later }):bind(0, host), port, "a.name"
        end,
      }
      for name, moment in pairs(moments) do
        it("- " .. name, function()
          run(function()
            local order = {}
            local socket, port, address = moment(expect(type, { "a", "b" }))
            local function sent(err, bytes) order[#order + 1] = err and err.code or bytes end
            socket:send("a", port, address, sent)
            socket:send("b", port, address, sent)
            assert.equal(socket, socket:close(must(function() order[#order + 1] = "close" end)))
            raises("ERR_SOCKET_DGRAM_NOT_RUNNING", socket.send, socket, "c", port, address, sent)
            raises("ERR_SOCKET_DGRAM_NOT_RUNNING", socket.close, socket)
            socket:on("close", must(function() assert.same({ 1, 1, "close" }, order) end))
          end)
        end)
      end

      it("- to a peer", function()
        run(function()
          local port = expect(type, { "a", "b" })
          local socket = dgram.createSocket(type)
          socket:connect(port, host, must(function()
            socket:send("a", must())
            socket:send("b")
            socket:close(must())
          end))
        end)
      end)

      -- Node calls such a socket bound, and takes a second close().
      it("- while connect() binds, and is closed at once for all else", function()
        run(function()
          local socket = dgram.createSocket(type)
          socket:on("listening", must())
          socket:connect(9, host, never "connect")
          socket:close(must())
          raises("ERR_SOCKET_DGRAM_NOT_RUNNING", socket.bind, socket)
          raises("ERR_SOCKET_DGRAM_NOT_RUNNING", socket.close, socket)
        end)
      end)

      it("- by a signal", function()
        run(function()
          local controller = AbortController()
          local socket = dgram.createSocket { type = type, signal = controller.signal }
          socket:send("a", expect(type, { "a" }), must(function(err) assert.is_nil(err) end))
          socket:on("close", must())
          controller:abort()
        end)
      end)
    end)

    -- Node's listeners of 'listening' may send before what waits for it, and what waits for it behind a connect() fails
    -- with EISCONN.
    it("messages leave in the order of the sends", function()
      run(function()
        local port = expect(type, { "first", "second", "third" })
        local socket = dgram.createSocket(type)
        socket:bind(0, host, must(function()
          socket:send("third", port, host, must(function() socket:close() end))
        end))
        socket:send("first", port, host, must(function(err) assert.is_nil(err) end))
        socket:send("second", port, host)
      end)
    end)

    it("what is sent to an address before the peer is there goes to that address", function()
      run(function()
        local first, second = expect(type, { "early" }), expect(type, { "to the peer" })
        local socket = dgram.createSocket(type)
        socket:connect(second, host, must(function() socket:send("to the peer", must(function() socket:close() end)) end))
        socket:send("early", first, host, must(function(err, bytes)
          assert.is_nil(err)
          assert.equal(5, bytes)
        end))
      end)
    end)

    -- Node binds port 0 for what is no number, and the rest modulo 65536.
    it("bind() checks its port, and the socket may be bound afterwards", function()
      run(function()
        local socket = dgram.createSocket(type)
        local bad = {
          [-1] = "type number (-1)", [65536] = "type number (65536)", [1.5] = "type number (1.5)",
          [1e300] = "type number (1e+300)", http = "type string ('http')", [""] = "type string ('')",
          ["-1"] = "type string ('-1')",
        }
        for port, shown in pairs(bad) do
          assert.equal("Port should be >= 0 and < 65536. Received " .. shown .. ".",
            message_of("ERR_SOCKET_BAD_PORT", socket.bind, socket, port))
          raises("ERR_SOCKET_BAD_PORT", socket.bind, socket, port, host, never())
          local options = { port = port, address = host }
          assert.equal("options.port should be >= 0 and < 65536. Received " .. shown .. ".",
            message_of("ERR_SOCKET_BAD_PORT", socket.bind, socket, options, never()))
          raises("ERR_SOCKET_BAD_PORT", socket.bindSync, socket, options)
        end
        raises("ERR_SOCKET_BAD_PORT", socket.bind, socket, 0 / 0)
        raises("ERR_SOCKET_BAD_PORT", socket.bind, socket, true)
        raises("ERR_SOCKET_BAD_PORT", socket.bind, socket, { port = {} })
        assert.equal(0, socket:listenerCount "listening")
        socket:bind("0", host, must(function() socket:close() end))
      end)
    end)

    -- Node names the argument of the lookup, "hostname", and calls the socket bound from then on.
    it("bind() checks its address, and the socket may be bound afterwards", function()
      run(function()
        local socket = dgram.createSocket(type)
        for _, address in ipairs { 5, true } do
          local text = ('The "address" argument must be of type string. Received type %s (%s)'):format(
            math.type(address) and "number" or "boolean", address)
          assert.equal(text, message_of("ERR_INVALID_ARG_TYPE", socket.bind, socket, 0, address))
          assert.equal(text, message_of("ERR_INVALID_ARG_TYPE", socket.bind, socket, { address = address }, never()))
        end
        raises("ERR_INVALID_ARG_TYPE", socket.bind, socket, 0, {})
        socket:bind(0, host, must(function() socket:close() end))
      end)
    end)

    -- In Node a socket stays bound after a descriptor that it refused, and one whose bind failed has a descriptor.
    it("a bind() that fails leaves nothing behind", function()
      run(function()
        local holder, port = bound(type)
        local socket = dgram.createSocket(type)
        raises("ERR_INVALID_FD_TYPE", socket.bind, socket, { fd = 900 }, never())
        socket:on("error", must(function(err)
          assert.equal("EADDRINUSE", err.code)
          raises("EBADF", socket.address, socket)
          raises("EBADF", socket.setTTL, socket, 1)
          assert.is_nil(socket.fd)
          socket:close()
          holder:close()
        end))
        socket:bind(port, host)
      end)
    end)

    -- In Node connect() is refused for ever then, and no callback is called.
    it("a bind() that fails takes connect() and send() with it, which may be tried again", function()
      run(function()
        local holder, port = bound(type)
        local socket = dgram.createSocket(type)
        socket:on("error", must(function(err)
          assert.equal("bind", err.syscall)
          socket:bind(0, host, must(function()
            socket:send("x", port, host, must(function(failed)
              assert.is_nil(failed)
              raises("ERR_SOCKET_DGRAM_NOT_CONNECTED", socket.remoteAddress, socket)
              socket:connect(port, host, must(function()
                socket:close()
                holder:close()
              end))
            end))
          end))
        end))
        socket:bind(port, host)
        socket:connect(port, host, never "connect")
        socket:send("x", port, host, must(function(err) assert.equal("ECANCELED", err.code) end))
        socket:send("y", port, host)
      end)
    end)

    -- In Node the port is 0 afterwards, when the system has chosen it, and no message arrives.
    it("disconnect() keeps the port", function()
      run(function()
        local socket, port = bound(type)
        socket:connect(9, host, must(function()
          socket:disconnect()
          assert.same({ address = host, family = type == "udp4" and "IPv4" or "IPv6", port = port }, socket:address())
          socket:on("message", must(function(message)
            assert.equal("still here", message)
            socket:close()
          end))
          local other = dgram.createSocket(type)
          other:send("still here", port, host)
          other:close()
        end))
      end)
    end)

    -- Node prints "undefined" for the address.
    it("the error of a send() names the address that is meant by none", function()
      run(function()
        local socket = dgram.createSocket(type)
        socket:send(("x"):rep(70000), 9, must(function(err)
          assert.equal(("send EMSGSIZE %s:9"):format(host), err.message)
          assert.equal(host, err.address)
          assert.equal(9, err.port)
          socket:close()
        end))
      end)
    end)

    it("sends that fail and have no callback are counted", function()
      run(function()
        local socket = bound(type)
        socket:on("error", never "error")
        assert.equal(0, socket.sendErrors)
        local large = ("x"):rep(70000)
        for _ = 1, 3 do socket:send(large, 9, host) end
        socket:send(large, 9, host, must(function(err)
          assert.equal("EMSGSIZE", err.code)
          assert.equal(3, socket.sendErrors)
          raises("ERR_INVALID_ARG_VALUE", function() socket.sendErrors = 0 end)
          socket:close(must(function() assert.equal(3, socket.sendErrors) end))
        end))
      end)
    end)

    it("errors tell where the socket was bound", function()
      run(function()
        local function here(err) assert.truthy(err.where:find "dgram_deviation_spec%.lua:%d+$") end
        local holder, port = bound(type)
        local socket = dgram.createSocket(type)
        socket:once("error", must(function(err)
          here(err)
          socket:send(("x"):rep(70000), 9, must(function(failed)
            here(failed)
            socket:connect(9, type == "udp4" and "::1" or "127.0.0.1", must(function(refused)
              here(refused)
              socket:close()
              holder:close()
            end))
          end))
        end))
        socket:bind(port, host)
      end)
    end)

    -- Node 20 asks the lookup for addresses as well, as bind() without any has one; newer ones do not.
    it("lookup is asked for names only", function()
      run(function()
        local asked = {}
        local socket = dgram.createSocket { type = type, lookup = function(name, family, callback)
          asked[#asked + 1] = name
          lookup_later(name, family, callback)
        end }
        socket:bind(must(function()
          socket:send("x", 9, must(function()
            socket:send("x", 9, host, must(function()
              socket:connect(9, host, must(function()
                socket:disconnect()
                socket:connect(9, "a.name", must(function()
                  assert.same({ "a.name" }, asked)
                  socket:close()
                end))
              end))
            end))
          end))
        end))
      end)
    end)

    -- Node takes an object for no message; a table without strings is an empty list here.
    it("a table without a list is an empty message", function()
      run(function()
        local port = expect(type, { "", "" })
        local socket = dgram.createSocket(type)
        socket:send({ text = "x" }, port, must(function(_, bytes) assert.equal(0, bytes) end))
        socket:send({}, port)
        socket:close()
      end)
    end)
  end)
end

describe("Otherwise than in Node,", function()
  -- Node's methods that only ask the descriptor raise a TypeError of JavaScript there.
  it("every method of a closed socket that needs it raises the same", function()
    run(function()
      local socket = bound "udp4"
      socket:connect(9, must(function()
        socket:close(must(function()
          local calls = {
            { "setTTL", 1 }, { "setBroadcast", true }, { "setMulticastTTL", 1 }, { "setMulticastLoopback", true },
            { "getRecvBufferSize" }, { "getSendBufferSize" }, { "setRecvBufferSize", 1 }, { "setSendBufferSize", 1 },
            { "getSendQueueSize" }, { "getSendQueueCount" }, { "disconnect" }, { "bindSync" },
          }
          for _, call in ipairs(calls) do
            assert.equal("Not running", message_of("ERR_SOCKET_DGRAM_NOT_RUNNING", socket[call[1]], socket, call[2]))
          end
        end))
      end))
      local other = bound "udp4"
      other:close(must(function()
        raises("ERR_SOCKET_DGRAM_NOT_RUNNING", other.connect, other, 9)
        raises("ERR_SOCKET_DGRAM_NOT_RUNNING", other.connectSync, other, 9)
      end))
    end)
  end)

  -- Node takes "0" at first, and raises when it sends; NaN and numbers beyond 32 bits are other numbers there.
  it("numbers are what they are", function()
    run(function()
      local socket = bound "udp4"
      raises("ERR_SOCKET_BAD_PORT", socket.send, socket, "x", "0")
      raises("ERR_SOCKET_BAD_PORT", socket.send, socket, "x", 0, 1, "0")
      raises("ERR_SOCKET_BAD_PORT", socket.connect, socket, "0")
      for _, ttl in ipairs { 0 / 0, 1e300, -1 / 0, 2 ^ 32 + 1 } do
        raises("EINVAL", socket.setTTL, socket, ttl)
        raises("EINVAL", socket.setMulticastTTL, socket, ttl)
      end
      socket:close()
    end)
  end)

  it("bindSync() and connectSync() are done at once, and tell it by tick", function()
    run(function()
      local order = {}
      local socket = dgram.createSocket "udp4"
      socket:on("listening", must(function() order[#order + 1] = "listening" end))
      socket:on("connect", must(function()
        assert.same({ "bound", "connected", "listening" }, order)
        socket:close()
      end))
      assert.equal("127.0.0.1", socket:bindSync({ address = "127.0.0.1" }).address)
      order[#order + 1] = "bound"
      socket:connectSync(9)
      assert.same({ address = "127.0.0.1", family = "IPv4", port = 9 }, socket:remoteAddress())
      order[#order + 1] = "connected"
    end)
  end)
end)
