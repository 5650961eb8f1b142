-- socket_spec.lua - class Socket where Node's example ends: own fields and properties, numbers that make no sense, the
-- idle timer, options, and what we do otherwise on purpose. connect(): connect_spec. As in Node: spec/parity/socket_*.
local net = require "net"
local helper = require "spec.helper"
local run, must, never, pair, raises = helper.run, helper.must, helper.never, helper.pair, helper.raises
local nan = 0 / 0

local function closed_port()
  local server = net.createServer():listen(0, "127.0.0.1")
  local port = server:address().port
  server:close()
  return port
end

local function ms_since(start) return (process.hrtime.bigint() - start) / 1e6 end

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
    for _, name in ipairs { "listening", "fd", "connectionCount", "pauseOnConnect" } do
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
          peer:resume():finish " second"
        end, 10)
        setTimeout(function() client:resume() end, 20)
        client:on("end", must(function() assert.equal("first second", table.concat(got)) end))
      end)
    end)
  end)
end)
