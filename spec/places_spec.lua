-- places_spec.lua - where one may wait: in every kind of listener and callback of the runtime; and where Lua does not allow
-- it, what the error says. In Lua's own constructions and coroutines: async_spec, coroutine_spec.
local async = require "async"
local dgram = require "dgram"
local dns = require "dns"
local events = require "events"
local fs = require "fs"
local net = require "net"
local stream = require "stream"
local helper = require "spec.helper"
local run, must = helper.run, helper.must

-- A function that waits, and then calls f with what it was called with; it must be called once.
local function waits(f)
  return must(function(...)
    assert.is_true(async.sleep(1))
    if f then return f(...) end
  end)
end

local function ends(socket) return function() socket:destroy() end end

describe("A task may wait in", function()
  it("listeners and callbacks of servers and sockets", function()
    run(function()
      local server
      server = net.createServer(waits(function(peer)
        peer:on("data", waits(function(data)
          assert.equal("hello", data)
          peer:write("x", waits(function()
            peer:finish("bye", waits())
          end))
        end))
        peer:on("end", waits())
        peer:on("finish", waits())
        peer:on("close", waits())
        server:getConnections(waits(function(_, n)
          assert.equal(1, n)
          server:close(waits())
        end))
      end))
      server:on("close", waits())
      server:listen(0, "127.0.0.1", waits(function()
        local socket
        socket = net.connect(helper.reach(server), waits(function()
          socket:write("hello", waits())
        end))
        socket:on("connect", waits())
        socket:on("ready", waits())
        socket:on("end", waits(function() socket:finish() end))
        socket:resume()
      end))
      server:on("listening", waits())
    end)
  end)

  it("those of 'error', 'timeout', 'drain', 'readable', 'lookup', 'drop' and onread", function()
    run(function()
      local server = net.createServer():listen(0, "127.0.0.1")
      local port = server:address().port
      server:on("connection", function(peer) peer:on("error", function() end):resume():write "x" end)
      local timed = net.connect(port, "127.0.0.1"):setTimeout(1)
      timed:once("timeout", waits(ends(timed)))
      local draining = net.connect(port, "127.0.0.1")
      draining:once("drain", waits(ends(draining)))
      draining:write(("x"):rep(1000000))
      local readable = net.connect(port, "127.0.0.1")
      readable:once("readable", waits(ends(readable)))
      local looking = net.connect { port = port, host = "localhost", family = 4 }
      looking:once("lookup", waits(ends(looking)))
      local reading
      reading = net.connect { port = port, host = "127.0.0.1", onread = waits(function() reading:destroy() end) }
      local left = 5
      for _, socket in ipairs { timed, draining, readable, looking, reading } do
        socket:on("close", function()
          left = left - 1
          if left > 0 then return end
          server.maxConnections = 0
          server:once("drop", waits(function() server:close() end))
          local dropped = net.connect(port, "127.0.0.1"):resume()
          dropped:on("error", function() end)
          dropped:on("end", ends(dropped))
        end)
      end
      net.connect(1, "127.0.0.1"):on("error", waits(function(err) assert.equal("ECONNREFUSED", err.code) end))
    end)
  end)

  it("those of UDP sockets", function()
    run(function()
      local socket = dgram.createSocket("udp4", waits())
      socket:on("listening", waits())
      socket:on("close", waits())
      socket:bind(0, "127.0.0.1", waits(function()
        socket:once("message", waits(function() socket:close(waits()) end))
        socket:send("x", socket:address().port, "127.0.0.1", waits())
      end))
      local connected = dgram.createSocket "udp4"
      connected:connect(9, "127.0.0.1", waits(function() connected:close() end))
      dgram.createSocket("udp4"):on("error", waits()):bind(0, "192.0.2.1")
    end)
  end)

  it("those of timers, ticks, signals, fs, dns and streams", function()
    run(function()
      local interval
      interval = setInterval(must(function()
        clearInterval(interval)
        async.sleep(1)
      end), 1)
      setTimeout(waits(), 1)
      setImmediate(waits())
      process.nextTick(waits())
      fs.readFile("/dev/null", waits(function(err) assert.is_nil(err) end))
      dns.lookup("127.0.0.1", waits())
      dns.lookup("localhost", waits())
      dns.lookupService("127.0.0.1", 9, waits())
      local controller = AbortController()
      controller.signal:on("abort", waits())
      controller:abort()
      local function on_signal() end
      on_signal = waits(function() process.off("SIGUSR2", on_signal) end)
      process.on("SIGUSR2", on_signal)
      process.kill(process.pid, "SIGUSR2")
    end)
  end)

  it("the functions of a stream of the script's own", function()
    run(function()
      local given, got = { "a", "b" }, {}
      local source = stream.Readable { read = function(self)
        async.sleep(1)
        self:push(table.remove(given, 1))
      end }
      local upper = stream.Transform { transform = function(_, chunk, _, callback)
        async.sleep(1)
        callback(nil, chunk:upper())
      end, flush = function(_, callback)
        async.sleep(1)
        callback()
      end }
      local sink = stream.Writable { write = function(_, chunk, _, callback)
        async.sleep(1)
        got[#got + 1] = chunk
        callback()
      end, final = function(_, callback)
        async.sleep(1)
        callback()
      end }
      stream.pipeline(source, upper, sink, waits(function(err)
        assert.is_nil(err)
        assert.equal("AB", table.concat(got))
      end))
    end)
  end)

  it("several listeners of one event: none delays another, and each goes on by itself", function()
    run(function()
      local emitter, order = events(), {}
      for i = 1, 3 do
        emitter:on("x", function()
          order[#order + 1] = "in " .. i
          async.await(function(done) setImmediate(done) end)
          order[#order + 1] = "out " .. i
        end)
      end
      emitter:emit "x"
      order[#order + 1] = "emitted"
      setTimeout(must(function()
        assert.same({ "in 1", "in 2", "in 3", "emitted", "out 1", "out 2", "out 3" }, order)
      end), 20)
    end)
  end)

  it("listeners of 'uncaughtException', 'beforeExit' and 'warning', but not of 'exit'", function()
    local result = helper.script [[
      local async = require "async"
      process.on("uncaughtException", function(err)
        async.sleep(1)
        print("caught", err)
      end)
      process.once("beforeExit", function()
        async.sleep(1)
        print "beforeExit"
      end)
      process.on("warning", function(warning)
        async.sleep(1)
        print("warning", warning.message)
      end)
      process.on("exit", function() print(pcall(async.sleep, 1)) end)
      process.emitWarning "careful"
      setTimeout(function() error("oops", 0) end, 1)]]
    assert.equal(0, result.code)
    local lines = {}
    for line in result.out:gmatch "[^\n]+" do lines[#lines + 1] = line end
    assert.same({ "warning\tcareful", "caught\toops", "beforeExit" }, table.move(lines, 1, 3, 1, {}))
    assert.truthy(lines[4]:find "^false\tError %[ERR_CANNOT_WAIT%]: cannot wait in a listener of 'exit'", lines[4])
  end)
end)

describe("A task cannot wait, and is told so,", function()
  -- Lua source of a statement that waits in nap() -> what the message has
  local places = {
    ["in a comparator of table.sort"] = { "table.sort({ 3, 2, 1 }, nap)", "inside table.sort" },
    ["in a function of string.gsub"] = { "string.gsub('x', 'x', nap)", "inside string.gsub" },
    ["in __tostring of tostring"] = { "tostring(setmetatable({}, { __tostring = nap }))", "inside tostring" },
    ["in __tostring of print"] = { "print(setmetatable({}, { __tostring = nap }))", "inside print" },
    ["in __tostring of string.format"] = {
      "string.format('%s', setmetatable({}, { __tostring = nap }))", "inside string.format" },
    ["in a reader of load"] = { "assert(load(nap))", "inside load" },
    ["in __index of table.concat"] = { "table.concat(setmetatable({}, { __index = nap, __len = function() return 1 end }))",
      "inside table.concat" },
    ["in a module that require loads"] = { "package.preload.napping = nap; require 'napping'", "inside require" },
    ["in a message handler of xpcall"] = {
      "error(select(2, xpcall(error, function() return select(2, pcall(nap)) end, 'x')), 0)", "inside error" },
  }
  for place, case in pairs(places) do
    it(place, function()
      local result = helper.script(([[
        local async = require "async"
        local function nap() async.sleep(1) return nil end
        local ok, err = pcall(function() %s end)
        print(ok, err)
        async.sleep(1)
        print "goes on"]]):format(case[1]))
      assert.equal(0, result.code, result.err)
      assert.truthy(result.out:find "^false\t.*cannot wait", result.out .. result.err)
      assert.truthy(result.out:find(case[2], 1, true), result.out)
      assert.truthy(result.out:find "\ngoes on\n$", result.out)
    end)
  end

  it("in __gc", function()
    run(function()
      local ok, err
      setmetatable({}, { __gc = function() ok, err = pcall(async.sleep, 1) end })
      collectgarbage()
      collectgarbage()
      assert.is_false(ok)
      assert.truthy(err.message:find "^cannot wait")
    end)
  end)
end)
