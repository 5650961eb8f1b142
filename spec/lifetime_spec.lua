-- lifetime_spec.lua - what lives how long: an object that libuv knows serves without any reference to it, everything
-- else is garbage; coroutines that are gone do not matter; nothing piles up.
local net = require "net"
local helper = require "spec.helper"
local core = require "moonport.core"
local run, must, never, pair, reach = helper.run, helper.must, helper.never, helper.pair, helper.reach

local function collect()
  for _ = 1, 3 do collectgarbage() end
end

-- References in the registry; numbers are links between free ones.
local function registry_size()
  local n = 0
  for _, value in pairs(debug.getregistry()) do
    if type(value) ~= "number" then n = n + 1 end
  end
  return n
end

-- What the process has open.
local function descriptors()
  local pipe = assert(io.popen("ls /proc/" .. process.pid .. "/fd | wc -l"))
  local n = pipe:read "n"
  pipe:close()
  return n
end

describe("An object without a reference", function()
  it("still serves: everything dropped, collections every millisecond", function()
    run(function()
      local served, where = 0
      do
        local server
        server = net.createServer(function(socket)
          socket:on("data", function(data)
            socket:write(data:upper())
            served = served + 1
            if served == 20 then server:close() end
          end)
        end):listen(0, "127.0.0.1")
        where = reach(server)
      end
      local storm = setInterval(collectgarbage, 1)
      local function talk(n)
        if n == 0 then return clearInterval(storm) end
        net.connect(where):on("data", must(function(data)
          assert.equal("HELLO " .. n, data)
          setTimeout(talk, 2, n - 1)
        end)):on("connect", collectgarbage):finish("hello " .. n)
      end
      talk(20)
    end)
  end)

  it("is collected when nothing ever began: sockets, servers, used or not", function()
    local weak = setmetatable({}, { __mode = "k" })
    run(function()
      for _ = 1, 50 do
        weak[net.Socket()] = true
        weak[net.createServer(print)] = true
        weak[net.Socket { allowHalfOpen = true }:on("data", print):setEncoding "utf8":setNoDelay():unref()] = true
        local socket = net.Socket()
        socket.own, socket.itself = {}, socket
        weak[socket] = true
      end
    end)
    collect()
    assert.is_nil(next(weak))
  end)

  it("is collected once it has closed: both ends, the server, timers", function()
    local weak = setmetatable({}, { __mode = "k" })
    run(function()
      for _, transport in ipairs(helper.transports) do
        pair(transport, function(client, peer)
          for _, socket in ipairs { client, peer } do
            weak[socket] = true
            socket:setTimeout(1000)
            socket:on("close", function() return socket end):resume()
          end
          weak[peer.server] = true
          client:write(helper.bytes(100000), must())
          client:finish(must())
        end)
      end
      weak[setTimeout(must(), 1)] = true
      weak[setImmediate(must())] = true
      local interval = setInterval(print, 1000)
      weak[interval] = true
      clearInterval(interval)
    end)
    collect()
    assert.is_nil(next(weak))
  end)

  it("is collected although its error, a write of it and its listeners know it", function()
    local weak = setmetatable({}, { __mode = "k" })
    run(function()
      for i = 1, 20 do
        local socket = i % 2 == 0 and net.Socket() or net.connect { host = "127.0.0.1", port = 1 }
        local err = Error "knows"
        err.socket, weak[socket] = socket, true
        socket:on("error", function() return socket end)
        socket:write("x", function() return socket end)
        socket:finish(function() return socket end)
        socket:destroy(err)
      end
    end)
    collect()
    assert.is_nil(next(weak))
  end)

  it("keeps its callbacks while it needs them, and no longer", function()
    local weak, gone = setmetatable({}, { __mode = "k" }), nil
    run(function()
      pair(nil, function(client, peer)
        local written = must(function() end)
        weak[written] = true
        client:resume():write(("x"):rep(8000000), written)
        written = nil -- luacheck: ignore 311
        setTimeout(function()
          collect()
          assert.is_not_nil(next(weak))
          peer:resume()
        end, 5)
        client:once("drain", must(function()
          setTimeout(function()
            client:finish()
          end, 1)
        end))
        client:on("close", function() gone = true end)
      end)
    end)
    collect()
    assert.is_true(gone)
    assert.is_nil(next(weak))
  end)
end)

describe("An object made in a coroutine", function()
  -- how -> f called in a coroutine of its own, of which nothing is left afterwards
  local ways = {
    ["that returned"] = function(f) assert(coroutine.resume(coroutine.create(f))) end,
    ["that failed"] = function(f)
      local ok, err = coroutine.resume(coroutine.create(function()
        f()
        error "over"
      end))
      assert.is_false(ok)
      assert.truthy(err:find "over")
    end,
    ["that never goes on"] = function(f)
      assert(coroutine.resume(coroutine.create(function()
        f()
        coroutine.yield()
      end)))
    end,
    ["that was closed"] = function(f)
      local co = coroutine.create(function()
        f()
        coroutine.yield()
      end)
      assert(coroutine.resume(co))
      assert(coroutine.close(co))
    end,
    ["of a coroutine"] = function(f)
      coroutine.wrap(function() coroutine.wrap(f)() end)()
    end,
  }
  for how, make in pairs(ways) do
    it(how .. " works when that is collected", function()
      run(function()
        local where
        make(function()
          local server
          server = net.createServer(must(function(peer)
            server:close()
            peer:on("data", must(function(data) peer:finish(data .. "!") end))
          end)):listen(0, "127.0.0.1")
          where = reach(server)
        end)
        collect()
        make(function()
          local client = net.connect(where, must())
          helper.collect(client, must(function(got) assert.equal("hi!", got) end))
          client:write("hi", must())
          setTimeout(must(), 2)
          setImmediate(must(collectgarbage))
          process.nextTick(must(collectgarbage))
        end)
        collect()
      end)
    end)
  end
end)

describe("A listener that yields", function()
  it("gives its task away: it goes on when its owner resumes it", function()
    run(function()
      pair(nil, function(client, peer)
        local task, steps = nil, {}
        peer:once("data", must(function(data)
          task = coroutine.running()
          steps[1] = data
          steps[2] = coroutine.yield()
          peer:finish "done"
          return "returned"
        end))
        client:write "start"
        setTimeout(must(function()
          collect()
          assert.equal("suspended", coroutine.status(task))
          assert.same({ true, "returned" }, { coroutine.resume(task, "again") })
          assert.equal("dead", coroutine.status(task))
          assert.same({ "start", "again" }, steps)
        end), 5)
        helper.collect(client, function(got) assert.equal("done", got) end)
      end)
    end)
  end)

  it("delays neither the other listeners nor the next event", function()
    run(function()
      local emitter, seen = require "events"(), {}
      emitter:on("e", function(n)
        seen[#seen + 1] = "a" .. n
        coroutine.yield()
        never "resumed"()
      end):on("e", function(n) seen[#seen + 1] = "b" .. n end)
      assert.is_true(emitter:emit("e", 1))
      assert.is_true(emitter:emit("e", 2))
      assert.same({ "a1", "b1", "a2", "b2" }, seen)
    end)
  end)

  it("may be left alone: ten thousand of them are garbage", function()
    run(function()
      local emitter, tasks = require "events"(), setmetatable({}, { __mode = "k" })
      emitter:on("e", function()
        tasks[coroutine.running()] = true
        coroutine.yield()
      end)
      for _ = 1, 10000 do emitter:emit "e" end
      collect()
      assert.is_nil(next(tasks))
    end)
  end)
end)

describe("A <close> variable", function()
  it("destroys a socket and closes a server and a timer when its block ends, by an error too", function()
    run(function()
      local server
      server = net.createServer(function(peer) peer:on("error", print):resume() end):listen(0, "127.0.0.1")
      local where = reach(server)
      local function use(fails)
        local socket <close> = net.connect(where) -- luacheck: ignore 211
        local timer <close> = setTimeout(never "timer", 1000) -- luacheck: ignore 211
        if fails then error "left" end
        return socket
      end
      local left = use(false)
      assert.is_true(left.destroyed)
      local ok = pcall(use, true)
      assert.is_false(ok)
      net.connect(where, must(function()
        local closing <close> = server -- luacheck: ignore 211
        assert.is_true(server.listening)
      end)):on("close", must(function() assert.is_false(server.listening) end)):destroySoon()
    end)
  end)

  it("runs when the listener that holds it fails", function()
    local held
    local err = helper.uncaught(function()
      setImmediate(function()
        held = net.createServer():listen(0, "127.0.0.1")
        local server <close> = held -- luacheck: ignore 211
        error("failed", 0)
      end)
    end)
    core.run()
    assert.equal("failed", err)
    assert.is_false(held.listening)
    assert.same({}, core.process.handles())
  end)
end)

describe("After a thousand connections", function()
  for _, transport in ipairs { helper.transports[1], helper.transports[3] } do
    it(("over %s registry, descriptors, handles and heap are as before"):format(transport.name), function()
      local function round(n)
        run(function()
          local left, server = n
          server = net.createServer(function(peer)
            peer.name = "peer"
            peer:setTimeout(5000)
            peer:on("data", function(data) peer:finish(data) end)
          end):listen(transport.where())
          local where = reach(server)
          local function one()
            left = left - 1
            if left < 0 then return end
            local client = net.connect(where)
            client:on("data", function() end):write("x", function() end)
            client:on("close", function()
              one()
              if left < 0 then server:close() end
            end)
          end
          for _ = 1, 10 do one() end
        end)
        collect()
        return { registry_size(), descriptors(), #core.process.handles(), collectgarbage "count" }
      end
      round(100)
      local before = round(100)
      local after = round(1000)
      assert.same({ before[1], before[2], 0 }, { after[1], after[2], after[3] })
      assert.is_true(after[4] - before[4] < 50, ("KiB: %.0f, then %.0f"):format(before[4], after[4]))
    end)
  end

  it("that all failed nothing is left either", function()
    local function round(n)
      run(function()
        for _ = 1, n do
          net.connect { path = "/nowhere/at/all" }:on("error", function() end)
          net.connect { host = "127.0.0.1", port = 1 }:on("error", function() end):write("x", function() end)
          net.connect { host = "127.0.0.1", port = 1 }:destroy()
        end
      end)
      collect()
      return { registry_size(), descriptors(), #core.process.handles() }
    end
    round(20)
    local before = round(20)
    assert.same(before, round(300))
  end)
end)
