-- coroutine_spec.lua - the script's own coroutines: they may wait, and are otherwise what Lua's manual says.
local async = require "async"
local events = require "events"
local net = require "net"
local helper = require "spec.helper"
local run, must = helper.run, helper.must
local task = helper.task

describe("A coroutine of the script", function()
  it("yields, returns, fails and closes as in Lua", function()
    local co = coroutine.create(function(...)
      local got = table.pack(...)
      got = table.pack(coroutine.yield(got.n))
      return got.n, "end"
    end)
    assert.equal("suspended", coroutine.status(co))
    assert.same({ true, 3 }, { coroutine.resume(co, nil, 1, nil) })
    assert.same({ true, 0, "end" }, { coroutine.resume(co) })
    assert.equal("dead", coroutine.status(co))
    assert.same({ false, "cannot resume dead coroutine" }, { coroutine.resume(co) })
    local failing = coroutine.create(function() error { "object" } end)
    local ok, err = coroutine.resume(failing)
    assert.is_false(ok)
    assert.same({ "object" }, err)
    assert.equal("running", coroutine.status((coroutine.running())))
    assert.same({ false, "cannot resume non-suspended coroutine" }, { coroutine.resume((coroutine.running())) })
    local closed = 0
    local with_close = coroutine.wrap(function()
      local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
      coroutine.yield(1)
      error "text"
    end)
    assert.equal(1, with_close())
    local fails, message = pcall(with_close)
    assert.is_false(fails)
    assert.truthy(message:find "coroutine_spec.lua:%d+: text$")
    assert.equal(1, closed)
    local suspended = coroutine.create(function()
      local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
      coroutine.yield()
    end)
    coroutine.resume(suspended)
    assert.is_true(coroutine.close(suspended))
    assert.equal(2, closed)
    assert.equal("dead", coroutine.status(suspended))
    assert.has_error(function() coroutine.resume(5) end, "bad argument #1 to 'resume' (thread expected, got number)")
    assert.has_error(function() coroutine.wrap(5) end)
    assert.has_error(function() coroutine.close((coroutine.running())) end, "cannot close a running coroutine")
    local inner
    local outer = coroutine.wrap(function()
      inner = coroutine.create(function()
        return coroutine.status(inner), coroutine.isyieldable()
      end)
      return coroutine.resume(inner)
    end)
    assert.same({ true, "running", true }, { outer() })
  end)

  it("passes many values, and says when they are too many", function()
    local n = 200000
    local co = coroutine.wrap(function(...) return select("#", ...) end)
    assert.equal(n, co(table.unpack({}, 1, n)))
    local deep = coroutine.create(function() return table.unpack({}, 1, 1e6) end)
    assert.is_false((coroutine.resume(deep)))
  end)

  it("waits: a generator that receives", function()
    task(function()
      local server = net.createServer():listen(0, "127.0.0.1"):serve(function(socket)
        for i = 1, 3 do
          socket:send(i .. "\n")
          async.sleep(1)
        end
      end)
      server:wait "listening"
      local client = net.connect(server:address().port)
      local numbers = coroutine.wrap(function()
        for line in client:lines() do coroutine.yield(tonumber(line)) end
      end)
      local sum = 0
      for number in numbers do sum = sum + number end
      assert.equal(6, sum)
      client:finish()
      server:close()
    end)
  end)

  it("waits inside coroutines inside coroutines, with errors coming out of all", function()
    task(function()
      local function nest(depth, f)
        if depth == 0 then return f() end
        return coroutine.wrap(function() return nest(depth - 1, f) end)()
      end
      assert.equal("deep", nest(20, function() async.sleep(1) return "deep" end))
      local ok, err = pcall(nest, 20, function() async.sleep(1) error("from below", 0) end)
      assert.is_false(ok)
      assert.truthy(err:find "from below$")
    end)
  end)

  it("is 'normal' while it waits: nobody else resumes or closes it", function()
    task(function()
      local co = coroutine.create(function() async.sleep(5) return "woken" end)
      local other = async.spawn(function() return coroutine.resume(co) end)
      assert.equal("normal", coroutine.status(co))
      assert.same({ false, "cannot resume non-suspended coroutine" }, { coroutine.resume(co) })
      assert.has_error(function() coroutine.close(co) end, "cannot close a normal coroutine")
      assert.same({ true, "woken" }, { other:join() })
      assert.equal("dead", coroutine.status(co))
    end)
  end)

  it("is cancelled with its task", function()
    task(function()
      local closed
      local victim = async.spawn(coroutine.wrap(function()
        local _ <close> = setmetatable({}, { __close = function() closed = true end })
        async.sleep(100000)
      end))
      victim:cancel()
      local _, err = victim:join()
      assert.equal("ECANCELED", err.code)
      assert.is_true(closed)
    end)
  end)

  it("may be scheduled by the script: a round robin whose workers wait", function()
    task(function()
      local seen, workers = {}, {}
      for i = 1, 3 do
        workers[i] = coroutine.create(function()
          for step = 1, 2 do
            async.sleep(4 - i)
            seen[#seen + 1] = i .. "." .. step
            coroutine.yield()
          end
        end)
      end
      while #workers > 0 do
        for i = #workers, 1, -1 do
          assert(coroutine.resume(workers[i]))
          if coroutine.status(workers[i]) == "dead" then table.remove(workers, i) end
        end
      end
      assert.equal("3.1 2.1 1.1 3.2 2.2 1.2", table.concat(seen, " "))
    end)
  end)

  it("that a task became by a plain yield belongs to whoever resumes it, and may wait then", function()
    run(function()
      local emitter, co, steps = events(), nil, {}
      emitter:on("x", function()
        co = coroutine.running()
        steps[#steps + 1] = coroutine.yield()
        async.sleep(1)
        steps[#steps + 1] = "woken"
        steps[#steps + 1] = coroutine.yield "again"
      end)
      emitter:emit "x"
      assert.same({ true }, { coroutine.resume(co, "mine") }) -- it waits: that is its own affair
      setTimeout(must(function()
        assert.same({ true }, { coroutine.resume(co, "last") })
        assert.same({ "mine", "woken", "last" }, steps)
        assert.equal("dead", coroutine.status(co))
      end), 20)
    end)
  end)

  it("that waits is left alone when a stranger resumes its task", function()
    task(function()
      local co
      local sleeper = async.spawn(function()
        co = coroutine.running()
        return async.sleep(5)
      end)
      assert.same({ true }, { coroutine.resume(co) })
      assert.is_true(sleeper:join())
    end)
  end)

  it("may ask for an exit, or be interrupted", function()
    for _, exit in ipairs { "process.exit(7)", "os.exit(7)" } do
      local result = helper.script(([[
        local inner = coroutine.wrap(function() coroutine.wrap(function() %s end)() print "never" end)
        process:on("exit", function(code) print("exit", code) end)
        inner()
        print "never"]]):format(exit))
      assert.same({ "exit\t7\n", "", 7 }, { result.out, result.err, result.code })
    end
    local result = helper.shell([[exec timeout -k 2 -s INT 0.5 $M -e '
      process:on("exit", function() print "tidy" end)
      coroutine.wrap(function() while true do end end)()']])
    assert.equal("", result.err)
  end)
end)
