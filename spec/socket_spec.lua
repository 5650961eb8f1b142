-- socket_spec.lua - class Socket where Node's example ends: wrong arguments and what they leave behind, own fields and
-- properties, giving up while it connects, the idle timer, and what we do otherwise on purpose. As in Node: spec/parity.
local net = require "net"
local helper = require "spec.helper"
local run, must, never, pair, raises, reach = helper.run, helper.must, helper.never, helper.pair, helper.raises, helper.reach
local nan = 0 / 0

local function closed_port()
  local server = net.createServer():listen(0, "127.0.0.1")
  local port = server:address().port
  server:close()
  return port
end

local function ms_since(start) return (process.hrtime.bigint() - start) / 1e6 end

describe("Socket:connect", function()
  it("raises for wrong arguments and leaves a socket that is as before", function()
    local function rejects(code, ...)
      local socket = net.Socket()
      raises(code, socket.connect, socket, ...)
      assert.same({ false, true, "open" }, { socket.connecting, socket.pending, socket.readyState })
      assert.same({}, socket:eventNames())
    end
    for _, port in ipairs { nan, 1e300, -1, 65536, 1.5, "65536", "", "x" } do
      rejects("ERR_SOCKET_BAD_PORT", { port = port })
    end
    for _, port in ipairs { true, {}, print } do rejects("ERR_INVALID_ARG_TYPE", { port = port }) end
    for _, port in ipairs { nan, 1e300, -1, 65536, 0.5 } do
      rejects("ERR_SOCKET_BAD_PORT", { port = 80, host = "127.0.0.1", localPort = port })
    end
    rejects("ERR_INVALID_ARG_TYPE", { port = 80, localPort = "80" })
    for _, host in ipairs { "127.0.0.1\0", "\0", "local\0host" } do
      rejects("ERR_INVALID_ARG_VALUE", { port = 80, host = host })
      rejects("ERR_INVALID_IP_ADDRESS", { port = 80, localAddress = host })
    end
    rejects("ERR_INVALID_ARG_TYPE", { port = 80, host = 5 })
    for _, address in ipairs { "localhost", "", 5, "127.1", "127.000.0.1", {} } do
      rejects("ERR_INVALID_IP_ADDRESS", { port = 80, localAddress = address })
    end
    rejects("ERR_INVALID_ARG_VALUE", ("/"):rep(108))
    rejects("ERR_INVALID_ARG_VALUE", "/tmp/a\0b")
    rejects("ERR_INVALID_ARG_VALUE", { path = "\0" .. ("x"):rep(108) })
    rejects("ERR_INVALID_ARG_TYPE", { path = 5 })
    for _, family in ipairs { 5, "IPv5", nan, true } do rejects("ERR_INVALID_ARG_VALUE", { port = 80, family = family }) end
    for _, ms in ipairs { nan, -1, 0, 1e300 } do rejects("ERR_OUT_OF_RANGE", { port = 80, connectTimeout = ms }) end
    rejects("ERR_INVALID_ARG_TYPE", { port = 80, connectTimeout = "5" })
    rejects("ERR_INVALID_ARG_TYPE", { port = 80, lookup = "dns" })
    rejects("ERR_INVALID_ARG_TYPE", { port = 80, autoSelectFamily = 1 })
    rejects("ERR_OUT_OF_RANGE", { port = 80, autoSelectFamilyAttemptTimeout = nan })
    rejects("ERR_MISSING_ARGS", {})
  end)

  it("does not keep the listener of a call that raised", function()
    local socket = net.Socket()
    for _, options in ipairs { { port = -1 }, {}, { path = 5 }, { port = 80, lookup = 5 } } do
      assert.has_error(function() socket:connect(options, never "connect") end)
      assert.same({}, socket:eventNames())
    end
  end)

  it("raises on a connected socket, which goes on", function()
    for _, transport in ipairs(helper.transports) do
      run(function()
        pair(transport, function(client, peer)
          raises("ERR_SOCKET_ALREADY_CONNECTED", client.connect, client, 80)
          raises("ERR_SOCKET_ALREADY_CONNECTED", peer.connect, peer, { path = "/x" }, never "connect")
          helper.collect(peer, function(got) assert.equal("still", got) end)
          client:resume():finish "still"
        end)
      end)
    end
  end)

  it("gives up after connectTimeout, names included, and never later than it connected", function()
    run(function()
      local start = process.hrtime.bigint()
      local slow = net.connect { host = "never.example", port = 80, lookup = function() end, connectTimeout = 30 }
      slow:on("connect", never "connect"):on("error", must(function(err)
        assert.same({ "ETIMEDOUT", "connect", "never.example", 80 }, { err.code, err.syscall, err.address, err.port })
        assert.is_true(ms_since(start) >= 29)
      end)):on("close", must(function(had_error) assert.is_true(had_error) end))
      local server
      server = net.createServer(function(peer)
        setTimeout(function() peer:finish "late" end, 40)
        server:close()
      end):listen(0, "127.0.0.1")
      local quick = net.connect(helper.with(reach(server), { connectTimeout = 20 }))
      helper.collect(quick, function(got) assert.equal("late", got) end)
    end)
  end)

  it("gives one readable error when every address fails", function()
    run(function()
      local port = closed_port()
      local line = debug.getinfo(1, "l").currentline + 1
      local socket = net.connect { host = "many.example", port = port, lookup = function(_, _, callback)
        callback(nil, { { address = "127.0.0.1", family = 4 }, { address = "::1", family = 6 } })
      end }
      socket:on("error", must(function(err)
        assert.same({ "AggregateError", "ECONNREFUSED" }, { err.name, err.code })
        assert.equal(("connect ECONNREFUSED many.example:%d (127.0.0.1, ::1)"):format(port), err.message)
        assert.equal(2, #err.errors)
        assert.equal("::1", err.errors[2].address)
        assert.truthy(err.where:find("socket_spec%.lua:" .. line .. "$"), err.where)
      end))
    end)
  end)

  it("gives errors with every field and the line that made the socket, for a path no port", function()
    run(function()
      local port = closed_port()
      local line = debug.getinfo(1, "l").currentline + 1
      net.connect(port, "127.0.0.1"):on("error", must(function(err)
        assert.same({ "ECONNREFUSED", "connect", "127.0.0.1", port }, { err.code, err.syscall, err.address, err.port })
        assert.is_true(math.type(err.errno) == "integer" and err.errno < 0)
        assert.truthy(err.where:find("socket_spec%.lua:" .. line .. "$"), err.where)
        assert.equal("connect ECONNREFUSED 127.0.0.1:" .. port, err.message)
        assert.equal("Error: " .. err.message, tostring(err))
        assert.equal("got Error: " .. err.message, "got " .. err)
      end))
      net.connect("/nowhere/at/all"):on("error", must(function(err)
        assert.same({ "ENOENT", "connect", "/nowhere/at/all" }, { err.code, err.syscall, err.address })
        assert.is_nil(err.port)
      end))
    end)
  end)

  -- when -> f(socket, destroy, after): arranges that destroy runs then; after(f): f runs right after connect()
  local moments = {
    ["at once"] = function(_, destroy, after) after(destroy) end,
    ["one tick later"] = function(_, destroy, after) after(function() process.nextTick(destroy) end) end,
    ["two ticks later"] = function(_, destroy, after)
      after(function() process.nextTick(process.nextTick, destroy) end)
    end,
    ["in an immediate"] = function(_, destroy) setImmediate(destroy) end,
    ["in 'lookup'"] = function(socket, destroy) socket:on("lookup", destroy) end,
    ["in 'connectionAttempt'"] = function(socket, destroy) socket:on("connectionAttempt", destroy) end,
    ["in 'connect'"] = function(socket, destroy) socket:on("connect", destroy) end,
    ["in 'ready'"] = function(socket, destroy) socket:on("ready", destroy) end,
  }
  for when, arrange in pairs(moments) do
    it("may be given up " .. when .. ", by name, address or path", function()
      for _, kind in ipairs { "name", "address", "path" } do
        run(function()
          local server = net.createServer(function(peer) peer:on("error", function() end):resume() end)
          server:listen((kind == "path" and helper.transports[3] or helper.transports[1]).where())
          local where = reach(server)
          if kind == "name" then where = { host = "localhost", port = where.port } end
          local destroyed, calls, expected, after = false, 0, nil, nil
          local socket = net.Socket()
          arrange(socket, function()
            destroyed = true
            socket:destroy()
          end, function(f) after = f end)
          socket:on("data", never "data"):on("error", never "error"):on("close", must(function(had_error)
            assert.is_false(had_error)
            assert.is_true(destroyed)
            setTimeout(must(function()
              assert.equal(expected, calls)
              server:closeAll()
            end), 2)
          end))
          socket:connect(where)
          if after then after() end
          if not destroyed then socket:write("x", function() calls = calls + 1 end) end
          expected = destroyed and 0 or 1
          if kind ~= "name" then -- these are attempted without a lookup
            setTimeout(function()
              if not destroyed then socket:emit "lookup" end
            end, 5)
          end
        end)
      end
    end)
  end
end)

describe("The properties of a Socket", function()
  it("that are addresses stay readable in 'close' and after it", function()
    for _, transport in ipairs { helper.transports[1], helper.transports[2] } do
      run(function()
        pair(transport, function(client, peer)
          local function ends(socket)
            return { socket.localAddress, socket.localPort, socket.localFamily, socket.remoteAddress, socket.remotePort,
              socket.remoteFamily }
          end
          local expected = { { client.localPort, peer.localPort }, { peer.localPort, client.localPort } }
          for i, socket in ipairs { client, peer } do
            socket:resume():on("close", must(function()
              local got = ends(socket)
              assert.same(expected[i], { got[2], got[5] })
              assert.equal(got[1], got[4])
              assert.equal(got[3], got[6])
              setImmediate(function() assert.same(got, ends(socket)) end)
              assert.is_nil(socket.fd)
            end))
          end
          client:finish()
        end)
      end)
    end
  end)

  it("raise when they are assigned to, whatever the value, and keep their own", function()
    local socket, server = net.Socket(), net.createServer()
    for _, name in ipairs { "destroyed", "connecting", "pending", "readyState", "remoteAddress", "localPort", "bytesRead",
      "bytesWritten", "bufferSize", "writableLength", "readableFlowing", "server", "fd", "closed", "errored" } do
      for _, value in ipairs { 1, "x", true, {} } do
        local before = socket[name]
        local err = raises("ERR_INVALID_ARG_VALUE", function() socket[name] = value end)
        assert.truthy(err.message:find(name, 1, true))
        assert.equal(before, socket[name])
      end
    end
    for _, name in ipairs { "listening", "fd", "connections", "pauseOnConnect" } do
      raises("ERR_INVALID_ARG_VALUE", function() server[name] = nil end)
    end
  end)

  it("that nobody knows are nil, and become the script's own", function()
    local socket, key = net.Socket(), {}
    assert.is_nil(socket.nickname)
    assert.is_nil(socket[1])
    assert.is_nil(socket[key])
    for _, value in ipairs { "bob", 0, false, {}, print } do
      for _, name in ipairs { "nickname", 1, 1.5, true, key } do
        socket[name] = value
        assert.equal(value, socket[name])
        socket[name] = nil
        assert.is_nil(socket[name])
      end
    end
    assert.has_error(function() socket[nil] = 1 end)
    assert.has_error(function() socket[nan] = 1 end)
    assert.is_nil(net.Socket().nickname)
  end)

  it("and methods are hidden by own fields until those are nil again", function()
    run(function()
      pair(nil, function(client, peer)
        local write, seen = client.write, {}
        client.write = function(self, text) seen[#seen + 1] = text return write(self, text:upper()) end
        client:write "own "
        client.write = nil
        client:resume():finish "method"
        assert.same({ "own " }, seen)
        helper.collect(peer, function(got) assert.equal("OWN method", got) end)
      end)
    end)
  end)

  it("'close' gets a boolean in every case", function()
    run(function()
      local function closes(socket, expected)
        socket:on("error", function() end):on("close", must(function(...) assert.same({ expected }, { ... }) end))
        return socket
      end
      closes(net.Socket(), false):destroy()
      closes(net.Socket(), true):destroy(Error "e")
      closes(net.Socket(), true):destroy "text"
      closes(net.connect(closed_port(), "127.0.0.1"), true)
      closes(net.connect(closed_port(), "127.0.0.1"), false):destroy()
      closes(net.connect "/nowhere", true)
    end)
  end)

  it("are shown by tostring and inspect", function()
    local inspect = require "util".inspect
    assert.equal("Socket (open)", tostring(net.Socket()))
    run(function()
      pair(nil, function(client, peer)
        assert.equal(("Socket 127.0.0.1:%d (open)"):format(peer.localPort), tostring(client))
        assert.truthy(inspect(client):find "^Socket {")
        client:destroy()
        peer:resume()
        assert.truthy(tostring(client):find "%(closed%)$")
      end)
    end)
  end)
end)

describe("Numbers that make no sense", function()
  it("raise, and change nothing", function()
    local socket = net.Socket()
    for _, ms in ipairs { nan, -1, math.huge, -math.huge } do raises("ERR_OUT_OF_RANGE", socket.setTimeout, socket, ms) end
    for _, ms in ipairs { "80", {}, true, print } do raises("ERR_INVALID_ARG_TYPE", socket.setTimeout, socket, ms) end
    raises("ERR_INVALID_ARG_TYPE", socket.setTimeout, socket, 5, "callback")
    assert.is_nil(socket.timeout)
    assert.same({}, socket:eventNames())
    for _, mark in ipairs { nan, -1, 1.5, 1e300, math.huge } do
      for _, name in ipairs { "highWaterMark", "readableHighWaterMark", "writableHighWaterMark" } do
        raises("ERR_INVALID_ARG_VALUE", net.Socket, { [name] = mark })
      end
    end
    for _, fd in ipairs { nan, -1, 1e300, 0.5, 2147483648 } do raises("ERR_OUT_OF_RANGE", net.Socket, { fd = fd }) end
    raises("ERR_INVALID_ARG_TYPE", net.Socket, { fd = "0" })
    raises("ERR_INVALID_FD_TYPE", net.Socket, { fd = 2147483647 })
  end)

  it("do nothing bad where Node takes them", function()
    run(function()
      pair(nil, function(client, peer)
        for _, n in ipairs { nan, -1, 1e300, math.huge, -math.huge, 0.5, "80", {}, true } do
          client:setKeepAlive(true, n):setNoDelay(n):setKeepAlive(n)
        end
        for _, n in ipairs { nan, -1, 0, 0.5 } do assert.is_nil(client:read(n)) end
        raises("ERR_OUT_OF_RANGE", client.read, client, 1e300)
        assert.has_error(function() client:read "many" end)
        for _, chunk in ipairs { 5, {}, true } do assert.has_error(function() client:unshift(chunk) end) end
        client:finish "works"
        helper.collect(peer, function(got) assert.equal("works", got) end)
        client:resume()
      end)
    end)
  end)
end)

describe("The idle timer of a Socket", function()
  it("tells 'timeout' once, and again only after traffic", function()
    run(function()
      pair(nil, function(client, peer)
        local told = 0
        client:setTimeout(10):resume():on("timeout", function() told = told + 1 end)
        assert.equal(10, client.timeout)
        setTimeout(function()
          assert.equal(1, told)
          peer:write "wakes"
        end, 60)
        setTimeout(function()
          assert.equal(2, told)
          assert.equal("open", client.readyState)
          client:setTimeout(0)
          peer:write "no more"
        end, 120)
        setTimeout(function()
          assert.equal(2, told)
          client:finish()
          peer:resume()
        end, 160)
      end)
    end)
  end)

  it("is put off by each byte, in or out", function()
    run(function()
      pair(nil, function(client, peer)
        local last, idle = process.hrtime.bigint(), nil
        client:setTimeout(50, must(function()
          idle = ms_since(last)
          client:finish()
        end)):resume()
        peer:resume()
        for i = 1, 8 do
          setTimeout(function()
            last = process.hrtime.bigint();
            (i % 2 == 0 and client or peer):write "x"
          end, i * 12)
        end
        client:on("close", must(function() assert.is_true(idle >= 49, "idle for " .. idle) end))
      end)
    end)
  end)

  it("runs from the call, however long the callback had taken before", function()
    run(function()
      pair(nil, function(client, peer)
        peer:resume()
        local start = process.hrtime.bigint()
        while ms_since(start) < 40 do end -- luacheck: ignore 542
        start = process.hrtime.bigint()
        client:setTimeout(30, must(function()
          client:finish()
          assert.is_true(ms_since(start) >= 29, "after " .. ms_since(start))
        end)):resume()
      end)
    end)
  end)

  it("is silent while a slow write moves out", function()
    run(function()
      local data, told = helper.bytes(24000000), {}
      pair(nil, { server = { highWaterMark = 1000000 } }, function(client, peer)
        local function all() return peer.bytesRead == #data end
        client:on("timeout", function() told[#told + 1] = peer.bytesRead end) -- all: it was over
        setImmediate(function() client:setTimeout(400):resume():write(data) end)
        local taking = setInterval(function() -- a part of it each 10 ms
          while peer:read() do end -- luacheck: ignore 542
          if all() and not client.writableEnded then client:finish() end
        end, 10)
        peer:pause():on("end", must(function()
          clearInterval(taking)
          assert.is_true(#told == 0 or told[1] == #data, "told after " .. tostring(told[1]))
        end))
      end)
    end)
  end)
end)

describe("An option of net.Socket", function()
  it("signal: destroys it with an AbortError, and is let go at 'close'", function()
    run(function()
      local controller = AbortController()
      local socket = net.Socket { signal = controller.signal }
      socket:on("error", must(function(err) assert.same({ "AbortError", "ABORT_ERR" }, { err.name, err.code }) end))
      net.Socket { signal = controller.signal }:on("error", never "error"):destroy()
      setImmediate(function()
        assert.equal(1, controller.signal:listenerCount "abort")
        controller:abort()
        assert.is_true(socket.destroyed)
      end)
      for _, wrong in ipairs { {}, "x", 5, require "events"() } do
        raises("ERR_INVALID_ARG_TYPE", net.Socket, { signal = wrong })
      end
    end)
  end)

  it("onread: gets each piece, and holds the rest back by returning false", function()
    run(function()
      local got, client = {}, nil
      pair(nil, { client = { onread = function(data)
        got[#got + 1] = data
        return #got > 1
      end } }, function(socket, peer)
        client = socket
        peer:write "first"
        setTimeout(function()
          assert.same({ "first" }, got)
          assert.is_true(client:isPaused())
          peer:resume():finish " second"
        end, 10)
        setTimeout(function() client:resume() end, 20)
        client:on("end", must(function() assert.equal("first second", table.concat(got)) end))
      end)
    end)
  end)
end)
