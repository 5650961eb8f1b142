-- timers_spec.lua - timers where Node's example ends: odd arguments, clearing everything from everywhere, callbacks that
-- throw, fairness, and nothing left behind. Orders as in Node: spec/parity/timer_* and tick_*.
local helper = require "spec.helper"
local core = require "moonport.core"
local net = require "net"
local run, must, never, raises = helper.run, helper.must, helper.never, helper.raises

local function ms_since(start) return (process.hrtime.bigint() - start) / 1e6 end

local kinds = { -- name -> start(f, ...), stop
  setTimeout = { function(f, ...) return setTimeout(f, 1, ...) end, clearTimeout },
  setInterval = { function(f, ...) return setInterval(f, 1, ...) end, clearInterval },
  setImmediate = { function(f, ...) return setImmediate(f, ...) end, clearImmediate },
}

for name, kind in pairs(kinds) do
  local start, stop = table.unpack(kind)

  describe(name, function()
    it("passes its arguments on, nils included", function()
      run(function()
        local timer
        timer = start(must(function(...)
          assert.same({ n = 4, 1, nil, "x", nil }, table.pack(...))
          stop(timer)
        end), 1, nil, "x", nil)
        local bare
        bare = start(must(function(...)
          assert.equal(0, select("#", ...))
          stop(bare)
        end))
        local callable
        callable = start(setmetatable({}, { __call = must(function(self, argument)
          assert.equal("argument", argument)
          assert.is_table(self)
          stop(callable)
        end) }), "argument")
      end)
    end)

    it("raises for what cannot be called, and starts nothing", function()
      local before = #core.process.handles()
      for _, wrong in ipairs { "f", 5, true, {}, io.stdout, coroutine.create(print) } do
        raises("ERR_INVALID_ARG_TYPE", start, wrong)
      end
      raises("ERR_INVALID_ARG_TYPE", start)
      assert.equal(before, #core.process.handles())
    end)

    it("is over once it is cleared: at once, twice, in itself, in another", function()
      run(function() stop(start(never "cleared at once")) end)
      run(function()
        local timer = start(never "cleared")
        stop(timer)
        stop(timer)
        local own
        own = start(must(function() stop(own) end))
        local first, second
        first = start(must(function()
          stop(second)
          stop(first)
        end))
        second = start(never "cleared in another")
      end)
    end)

    it("goes on after one that throws: the others lose nothing", function()
      local order, second, third = {}, nil, nil
      local err = helper.uncaught(function()
        local first
        first = start(function()
          stop(first)
          order[#order + 1] = "first"
          error("thrown", 0)
        end)
        second = start(function()
          stop(second)
          order[#order + 1] = "second"
          process.nextTick(function() order[#order + 1] = "tick" end)
        end)
        third = start(function()
          stop(third)
          order[#order + 1] = "third"
        end)
      end)
      assert.equal("thrown", err)
      core.run()
      assert.same({ "first", "second", "tick", "third" }, order)
      assert.same({}, core.process.handles())
    end)

    it("runs the ticks of each callback before the next one", function()
      run(function()
        local order, timers = {}, {}
        for i = 1, 3 do
          timers[i] = start(must(function()
            stop(timers[i])
            order[#order + 1] = i
            process.nextTick(function()
              order[#order + 1] = -i
              process.nextTick(function() order[#order + 1] = -i * 10 end)
            end)
            if i == 3 then setTimeout(function() assert.same({ 1, -1, -10, 2, -2, -20, 3, -3, -30 }, order) end, 2) end
          end))
        end
      end)
    end)

    it("gives its task away when it yields", function()
      run(function()
        local task, timer
        timer = start(must(function()
          stop(timer)
          task = coroutine.running()
          assert.equal("resumed", coroutine.yield())
          task = nil
        end))
        setTimeout(function()
          assert.is_true(coroutine.resume(task, "resumed"))
          assert.is_nil(task)
        end, 10)
      end)
    end)

    it("does not keep the loop while it is unreferenced", function()
      run(function()
        local timer = start(function() end):unref()
        assert.is_false(timer:hasRef())
        assert.is_true(timer:ref():hasRef())
        timer:unref():unref()
        stop(timer)
      end)
      if name ~= "setImmediate" then
        local timer = setTimeout(never "too late", 60000):unref()
        core.run()
        clearTimeout(timer)
      end
    end)
  end)
end

describe("A timer", function()
  it("takes any delay: what makes no sense is 1 ms", function()
    local warnings = 0
    local function count() warnings = warnings + 1 end
    process.on("warning", count)
    for _, delay in ipairs { 0 / 0, -1, 0, 0.5, -math.huge, 1e300, math.huge, 2147483648, "x", {}, true, "1" } do
      run(function()
        local start = process.hrtime.bigint()
        setTimeout(must(function() assert.is_true(ms_since(start) < 1000) end), delay)
        local interval
        interval = setInterval(must(function() clearInterval(interval) end), delay)
      end)
    end
    process.off("warning", count)
    assert.is_true(warnings >= 6) -- 1e300, infinity and 2^31, each for both
  end)

  it("is never early, also after a callback that took long", function()
    run(function()
      setImmediate(function()
        local busy = process.hrtime.bigint()
        while ms_since(busy) < 30 do end -- luacheck: ignore 542
        for _, delay in ipairs { 1, 5, 20 } do
          local start = process.hrtime.bigint()
          setTimeout(must(function() assert.is_true(ms_since(start) >= delay - 1, ms_since(start)) end), delay)
        end
      end)
    end)
  end)

  it("of 0 ms that starts itself again starves neither sockets nor immediates", function()
    run(function()
      local turns, over, immediates = 0, false, 0
      local function again()
        turns = turns + 1
        if not over then setTimeout(again, 0) end
      end
      local function immediate()
        immediates = immediates + 1
        if not over then setImmediate(immediate) end
      end
      again()
      immediate()
      helper.pair(nil, function(client, peer)
        peer:pipe(peer)
        local left = 20
        client:on("data", function()
          left = left - 1
          if left > 0 then return client:write "x" end
          over = true
          client:finish()
        end):write "x"
        client:on("close", must(function() assert.is_true(turns >= 1 and immediates >= 20, turns .. " " .. immediates) end))
      end)
    end)
  end)

  it("may be refreshed: before, in and after its callback, but not once it is cleared", function()
    run(function()
      local calls, start = 0, process.hrtime.bigint()
      local timer
      timer = setTimeout(must(function()
        calls = calls + 1
        if calls == 1 then
          assert.is_true(ms_since(start) >= 34, ms_since(start))
          assert.equal(timer, timer:refresh())
        elseif calls == 2 then
          setTimeout(function() timer:refresh() end, 5)
        end
      end, 3), 20)
      setTimeout(function() timer:refresh() end, 15)
      local cleared = setTimeout(never "cleared", 1)
      clearTimeout(cleared)
      cleared:refresh()
      local closed = setTimeout(never "closed", 1)
      closed:close():refresh()
    end)
  end)

  it("that repeats survives an error in its callback", function()
    run(function()
      process.once("uncaughtException", must(function(err) assert.equal("first time", err) end))
      local calls, interval = 0, nil
      interval = setInterval(function()
        calls = calls + 1
        if calls == 1 then error("first time", 0) end
        if calls == 3 then clearInterval(interval) end
      end, 1)
    end)
  end)

  it("that repeats counts from the beginning of its callback, whatever that starts and however long it takes", function()
    run(function()
      local order, interval = {}, nil
      interval = setInterval(must(function()
        order[#order + 1] = "interval"
        local busy = process.hrtime.bigint()
        while ms_since(busy) < 30 do end -- luacheck: ignore 542
        setTimeout(must(function()
          order[#order + 1] = "50 ms after it"
          if #order < 6 then return end
          assert.same({ "interval", "interval", "50 ms after it", "interval", "50 ms after it", "50 ms after it" }, order)
        end), 20)
        if #order >= 4 then clearInterval(interval) end
      end, 3), 40)
    end)
  end)

  it("is one of ten thousand: all run, in the order of their times, and are garbage then", function()
    local weak = setmetatable({}, { __mode = "k" })
    run(function()
      local last, ran = 0, 0
      for i = 1, 10000 do
        local delay = 1 + i * 7919 % 50
        local due = process.hrtime.bigint() // 1000000 + delay
        weak[setTimeout(function()
          if due < last - 50 then error(("%d ms after one that was due later"):format(last - due)) end
          last = math.max(last, due)
          ran = ran + 1
          if ran == 10000 then setImmediate(must(function() end)) end
        end, delay)] = true
      end
      local same, order = {}, {}
      for i = 1, 100 do
        same[i] = i
        setTimeout(function() order[i] = #order + 1 end, 55)
      end
      setTimeout(must(function() assert.same(same, order) end), 80)
    end)
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(weak))
  end)
end)

describe("Clearing", function()
  it("ignores what is no timer, or of the other kind", function()
    run(function()
      local immediate, timeout = setImmediate(must()), setTimeout(must(), 1)
      for _, clear in ipairs { clearTimeout, clearInterval, clearImmediate } do
        for _, wrong in ipairs { "x", 5, true, {}, io.stdout, net.Socket(), print } do assert.is_nil((clear(wrong))) end
        clear()
        clear(nil)
      end
      clearTimeout(immediate)
      clearImmediate(timeout)
    end)
  end)
end)

describe("An immediate", function()
  it("may be closed, at the end of a block too", function()
    run(function()
      local closed
      do
        local immediate <close> = setImmediate(never "closed")
        closed = immediate
      end
      assert.is_false(closed:hasRef())
      local other = setImmediate(never "closed")
      assert.equal(other, other:close())
      assert.equal(other, other:close())
      local own
      own = setImmediate(must(function() own:close() end))
      raises("ERR_INVALID_THIS", other.close, setTimeout(must(), 1))
    end)
  end)

  it("started by an immediate waits for the next turn", function()
    run(function()
      local order = {}
      setImmediate(function()
        order[#order + 1] = 1
        setImmediate(must(function()
          order[#order + 1] = 3
          assert.same({ 1, 2, 3 }, order)
        end))
      end)
      setImmediate(function() order[#order + 1] = 2 end)
    end)
  end)

  it("shows nothing but its name; a timer its time", function()
    local inspect = require "util".inspect
    local shown = {}
    for _, timer in ipairs { setTimeout(print, 250), setInterval(print, 1000), setTimeout(print, 2 ^ 31 - 1),
      setImmediate(print) } do
      table.insert(shown, inspect(timer))
      table.insert(shown, tostring(timer))
      timer:close()
    end
    assert.same({ "Timeout { 250 ms }", "Timeout 250 ms", "Timeout { every 1000 ms }", "Timeout every 1000 ms",
      "Timeout { 2147483647 ms }", "Timeout 2147483647 ms", "Immediate {}", "Immediate" }, shown)
  end)

  it("that was cleared is not left behind, with nothing else to do", function()
    clearImmediate(setImmediate(never "cleared"))
    core.run()
    assert.same({}, core.process.handles())
  end)

  it("may run the loop itself, and with it the ones that follow", function()
    local order = {}
    helper.run(function()
      setImmediate(must(function()
        core.run()
        order[#order + 1] = "first"
      end))
      setImmediate(must(function()
        order[#order + 1] = "second"
        setImmediate(must(function() order[#order + 1] = "third" end))
      end))
    end)
    assert.same({ "second", "third", "first" }, order)
  end)

  it("runs by the thousand, each once", function()
    run(function()
      local ran = 0
      for _ = 1, 5000 do setImmediate(function() ran = ran + 1 end) end
      setTimeout(must(function() assert.equal(5000, ran) end), 50)
    end)
  end)
end)
