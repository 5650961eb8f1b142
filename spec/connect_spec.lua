-- connect_spec.lua - Socket:connect() where Node's example ends: wrong arguments and what they leave behind, giving up
-- while it connects, errors in full. As in Node: spec/parity/connect_*.
local net = require "net"
local core = require "moonport.core"
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
        assert.truthy(err.where:find("connect_spec%.lua:" .. line .. "$"), err.where)
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
        assert.truthy(err.where:find("connect_spec%.lua:" .. line .. "$"), err.where)
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

  it("gives the descriptor of a failed attempt back at once, not when it is garbage", function()
    collectgarbage "stop"
    finally(function() collectgarbage "restart" end)
    local function descriptors()
      local pipe, count = io.popen "ls /proc/$PPID/fd", 0
      for _ in pipe:lines() do count = count + 1 end
      pipe:close()
      return count
    end
    local before = descriptors()
    run(function()
      local port = closed_port()
      for _ = 1, 20 do net.connect(port, "127.0.0.1"):on("error", must()) end
    end)
    assert.equal(before, descriptors())
  end)

  it("goes on to the next address where one does not answer in time", function()
    for _, refused in ipairs { false, true } do
      run(function()
        local full = net.createServer():listen { host = "127.0.0.2", port = 0, backlog = 0 }
        core.server_pause(full, true) -- one connection waits to be accepted, for more there is no room
        local port, open, told = full:address().port, {}, {}
        local server = net.createServer(function(peer) peer:finish() end)
        if not refused then server:listen(port, "127.0.0.1") end
        local function connect()
          local socket = net.connect { host = "two.example", port = port, autoSelectFamilyAttemptTimeout = 30,
            lookup = function(_, _, callback)
              callback(nil, { { address = "127.0.0.2", family = 4 }, { address = "127.0.0.1", family = 4 } })
            end }
          socket:on("connectionAttemptTimeout", function(...) told = { ... } end)
          socket:on("error", refused and must(function(err)
            assert.same({ "AggregateError", "ETIMEDOUT", "ECONNREFUSED" }, { err.name, err.errors[1].code, err.errors[2].code })
          end) or never "error")
          socket:resume():on("close", must(function()
            assert.same({ "127.0.0.2", port, 4 }, told)
            assert.same({ "127.0.0.2:" .. port, "127.0.0.1:" .. port }, socket.autoSelectFamilyAttemptedAddresses)
            for _, other in ipairs(open) do other:destroy() end
            full:close { force = true }
            server:close(function() end)
          end))
        end
        open[1] = net.connect(port, "127.0.0.2", must(function()
          open[2] = net.connect(port, "127.0.0.2") -- the room that is left, if any
          open[2]:on("error", function() end)
          setImmediate(connect)
        end))
        open[1]:on("error", function() end)
      end)
    end
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
