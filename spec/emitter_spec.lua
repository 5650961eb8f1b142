-- emitter_spec.lua - the emitter where Node's example ends: any table and our userdata alike, odd names and listeners,
-- overridden emit, depth, errors on the way. As in Node: spec/parity/emitter_*.
local events = require "events"
local net = require "net"
local helper = require "spec.helper"
local run, must, never, raises = helper.run, helper.must, helper.never, helper.raises

-- What can emit: each is made by a function.
local emitters = {
  ["an EventEmitter"] = function() return events() end,
  ["an instance of a class that extends it"] = function() return events:extend "Own"() end,
  ["a plain table that inherits from it"] = function() return setmetatable({}, { __index = events }) end,
  ["a table that refuses new fields"] = function()
    return setmetatable({}, { __index = events, __newindex = function() error "frozen" end })
  end,
  ["a Socket"] = function() return net.Socket() end,
  ["a Server"] = function() return net.createServer() end,
}

local function recorder()
  local seen = {}
  return seen, function(...) seen[#seen + 1] = table.pack(...) end
end

for what, make in pairs(emitters) do
  describe(what:gsub("^%l", string.upper), function()
    it("passes every argument on, nils included", function()
      local emitter, seen, record = make(), recorder()
      emitter:on("e", record)
      assert.is_true(emitter:emit "e")
      emitter:emit("e", nil)
      emitter:emit("e", 1, nil, 3, nil)
      local many = {}
      for i = 1, 200 do many[i] = i end
      emitter:emit("e", table.unpack(many))
      assert.same({ n = 0 }, seen[1])
      assert.equal(1, seen[2].n)
      assert.same({ 1, nil, 3, nil, n = 4 }, seen[3])
      assert.equal(200, seen[4].n)
      assert.equal(200, seen[4][200])
      assert.is_false(emitter:emit "other")
    end)

    it("takes any name, and never confuses one with an event of its own", function()
      local emitter = make()
      local key = {}
      local names = { "data", "connection", "", "a\0b", 1.5, true, false, key, print, events }
      for _, name in ipairs(names) do emitter:on(name, function(got) assert.equal(name, got) end) end
      for n = -1, 60 do emitter:on(n, function(got) assert.equal(n, got) end) end
      for _, name in ipairs(names) do
        assert.equal(1, emitter:listenerCount(name))
        assert.is_true(emitter:emit(name, name))
      end
      for n = -1, 60 do
        assert.is_true(emitter:emit(n, n))
        emitter:removeAllListeners(n)
      end
      assert.equal(#names, #emitter:eventNames())
      emitter:emit(0 / 0)
      emitter:emit(nil)
    end)

    it("takes whatever can be called, and nothing else", function()
      local emitter, seen, record = make(), recorder()
      local callable = setmetatable({}, { __call = function(_, ...) record(...) end })
      emitter:on("e", callable):once("e", callable):prependListener("e", coroutine.wrap(function(...) record(...) end))
      emitter:emit("e", 1)
      emitter:off("e", callable)
      assert.equal(3, #seen)
      for _, wrong in ipairs { "f", 5, true, {}, io.stdout, net.Socket(), coroutine.create(print) } do
        for _, method in ipairs { "on", "once", "prependListener", "prependOnceListener", "off" } do
          raises("ERR_INVALID_ARG_TYPE", emitter[method], emitter, "wrong", wrong)
        end
      end
      raises("ERR_INVALID_ARG_TYPE", emitter.on, emitter, "wrong")
      assert.equal(0, emitter:listenerCount "wrong")
    end)

    it("raises what a listener raises, skips the rest, and works as before", function()
      local emitter, seen, record = make(), recorder()
      local err = Error "from the listener"
      emitter:on("e", record):once("e", function() error(err) end):on("e", record)
      local ok, got = pcall(emitter.emit, emitter, "e", 1)
      assert.is_false(ok)
      assert.equal(err, got)
      assert.equal(1, #seen)
      emitter:emit("e", 2)
      assert.equal(3, #seen)
      for _, value in ipairs { "text", 5, {}, false } do
        emitter:once("raise", function() error(value, 0) end)
        assert.equal(value, select(2, pcall(emitter.emit, emitter, "raise")))
      end
    end)

    it("nests about 190 deep, then raises an error that names the event", function()
      local emitter, deepest = make(), 0
      emitter:on("deep", function(n)
        deepest = n
        emitter:emit("deep", n + 1)
      end)
      for _ = 1, 3 do
        local ok, err = pcall(emitter.emit, emitter, "deep", 1)
        assert.is_false(ok)
        assert.truthy(tostring(err):find("'deep'", 1, true), tostring(err))
        assert.is_true(deepest > 150 and deepest < 220, "depth " .. deepest)
      end
      local fine = false
      emitter:on("fine", function() fine = true end)
      assert.is_true(emitter:emit "fine" and fine)
    end)

    it("calls a once listener once, however it nests", function()
      local emitter, seen, record = make(), recorder()
      emitter:once("e", function(n)
        record(n)
        emitter:emit("e", n + 1)
      end)
      emitter:emit("e", 1)
      assert.same({ { 1, n = 1 } }, seen)
    end)

    it("emits in a coroutine, which a yield of the listener does not suspend", function()
      local emitter, calls = make(), 0
      emitter:on("e", function()
        calls = calls + 1
        coroutine.yield "given away"
      end)
      local step = coroutine.wrap(function()
        assert.is_true(emitter:emit "e")
        coroutine.yield "own"
        return emitter:emit "e"
      end)
      assert.equal("own", step())
      assert.is_true(step())
      assert.equal(2, calls)
    end)

    it("calls through an emit of the script's own", function()
      local emitter, seen, record = make(), recorder()
      local class = getmetatable(emitter)
      if class and type(class) == "table" and class.__newindex then return end
      local original = emitter.emit
      emitter.emit = function(self, name, ...)
        record(name, ...)
        return original(self, name, ...)
      end
      emitter:on("e", function(...) record("listener", ...) end)
      assert.is_true(emitter:emit("e", 5))
      emitter.emit = nil
      emitter:emit("e", 6)
      assert.same({ { "e", 5, n = 2 }, { "listener", 5, n = 2 }, { "listener", 6, n = 2 } }, seen)
    end)

    it("removes thousands of listeners while they are called", function()
      local emitter, calls = make():setMaxListeners(0), 0
      for _ = 1, 2000 do
        local function once()
          calls = calls + 1
          emitter:off("e", once)
        end
        emitter:on("e", once)
      end
      emitter:emit "e"
      assert.equal(2000, calls)
      assert.equal(0, emitter:listenerCount "e")
      assert.is_false(emitter:emit "e")
      assert.same({}, emitter:eventNames())
    end)

    it("checks setMaxListeners", function()
      local emitter = make()
      for _, wrong in ipairs { 0 / 0, -1, -math.huge } do raises("ERR_OUT_OF_RANGE", emitter.setMaxListeners, emitter, wrong) end
      for _, wrong in ipairs { "5", true, {} } do raises("ERR_INVALID_ARG_TYPE", emitter.setMaxListeners, emitter, wrong) end
      assert.equal(10, emitter:getMaxListeners())
      assert.equal(5, emitter:setMaxListeners(5.0):getMaxListeners())
      assert.same({}, emitter:eventNames())
    end)
  end)
end

describe("An overridden emit", function()
  it("sees every event of a Socket and a Server, in order, and may hold them back", function()
    run(function()
      local server, names = net.createServer(), {}
      server.emit = function(self, name, ...)
        names[#names + 1] = name
        return net.Server.prototype.emit(self, name, ...)
      end
      server:on("connection", function(peer) peer:finish "hello" end)
      server:listen(0, "127.0.0.1")
      local client, seen = net.Socket(), {}
      client.emit = function(self, name, ...)
        seen[#seen + 1] = name == "data" and "data " .. ... or name
        if name == "error" then return true end
        return net.Socket.prototype.emit(self, name, ...)
      end
      client:on("data", function() end)
      client:connect(helper.reach(server), must(function() server:close() end))
      client:on("close", must(function()
        client:destroy(Error "ignored")
        setImmediate(must(function()
          assert.same({ "resume", "connectionAttempt", "connect", "ready", "data hello" }, table.move(seen, 1, 5, 1, {}))
          assert.same({ "listening", "connection", "close" }, names)
          assert.equal("close", seen[#seen])
        end))
      end))
      local silent = net.Socket()
      silent.emit = must(function() return true end, 2) -- 'error' and 'close'
      silent:destroy(Error "held back")
    end)
  end)

  it("that raises is an uncaught error, and the stream goes on", function()
    run(function()
      process.once("uncaughtException", must(function(err) assert.equal("no data", err.message) end))
      helper.pair(nil, function(client, peer)
        local first = true
        client.emit = function(self, name, ...)
          if name == "data" and first then
            first = false
            error(Error "no data")
          end
          return net.Socket.prototype.emit(self, name, ...)
        end
        client:on("data", must(function(data) assert.equal("second", data) end))
        peer:resume():write "first"
        setTimeout(function() peer:finish "second" end, 10)
      end)
    end)
  end)
end)

describe("An 'error' without a listener", function()
  it("raises at emit: the value itself, or what it is", function()
    local emitter = events()
    local err = Error "mine"
    assert.equal(err, select(2, pcall(emitter.emit, emitter, "error", err)))
    for _, value in ipairs { "text", 5, {}, true } do
      raises("ERR_UNHANDLED_ERROR", emitter.emit, emitter, "error", value)
    end
    raises("ERR_UNHANDLED_ERROR", emitter.emit, emitter, "error")
    local seen, record = recorder()
    emitter:on(events.errorMonitor, record)
    assert.equal(err, select(2, pcall(emitter.emit, emitter, "error", err)))
    assert.equal(err, seen[1][1])
    emitter:once("error", record)
    assert.is_true(emitter:emit("error", "handled"))
    assert.equal(3, #seen)
  end)
end)

describe("Listeners", function()
  it("stay apart: a field named as an event, an instance and its class", function()
    local Class = events:extend "Class"
    local one, two = Class(), Class()
    one:on("e", never "the other's")
    assert.is_false(two:emit "e")
    assert.is_false(Class:emit "e")
    Class:on("e", never "the class's")
    assert.is_false(two:emit "e")
    one.e, one.on_e = 1, 2
    assert.same({ "e" }, one:eventNames())
    assert.equal("Class", getmetatable(one).__name)
  end)

  it("are garbage with their emitter", function()
    local weak = setmetatable({}, { __mode = "k" })
    for _, make in pairs(emitters) do
      local emitter = make()
      local function listener() return emitter end
      weak[listener] = true
      emitter:once("e", listener):on("f", listener)
      emitter:emit "f"
    end
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(weak))
  end)
end)
