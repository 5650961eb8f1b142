-- process_spec.lua - the global process, inside one process: environment, clock, folder, ticks, signals, warnings. What
-- ends it, or reports on standard error, is script_spec's.
local helper = require "spec.helper"
local core = require "moonport.core"
local run, must, never, raises = helper.run, helper.must, helper.never, helper.raises
local nan = 0 / 0

describe("The module process", function()
  it("is the global, by every name", function()
    assert.equal(process, require "process")
    assert.equal(process, require "node:process")
    assert.equal(process, require "moonport:process")
  end)

  it("knows who it is", function()
    assert.equal("integer", math.type(process.pid))
    local status = helper.read_file "/proc/self/status"
    assert.equal(tonumber(status:match "\nPid:%s*(%d+)"), process.pid)
    assert.equal(tonumber(status:match "\nPPid:%s*(%d+)"), process.ppid)
    assert.equal("linux", process.platform)
    assert.equal(process.version, "v" .. process.versions.moonport)
    assert.equal("5.4", process.versions.lua)
    assert.truthy(process.versions.uv:find "^1%.%d+%.%d+$")
  end)

  it("takes a dot as in Node and a colon as in Lua", function()
    assert.equal(process.cwd(), process:cwd())
    assert.equal(process.memoryUsage().external, process:memoryUsage().external)
    assert.is_true(process:uptime() >= 0 and process.uptime() >= process:uptime() - 1)
    assert.equal(2, #process:hrtime())
    run(function()
      process.nextTick(must(function(x) assert.equal("dot", x) end), "dot")
      process:nextTick(must(function(x) assert.equal("colon", x) end), "colon")
      local listener = must(function(x) assert.equal(5, x) end, 2)
      process.on("own", listener)
      assert.is_true(process:emit("own", 5))
      process:off("own", listener)
      assert.is_false(process.emit("own", 5))
      process:once("own", listener)
      assert.equal(1, process.listenerCount "own")
      assert.is_true(process.emit("own", 5))
      assert.equal(0, process:listenerCount "own")
    end)
  end)
end)

describe("process.env", function()
  it("reads, sets, removes and walks", function()
    assert.equal(os.getenv "PATH", process.env.PATH)
    assert.is_nil(process.env.MOONPORT_SPEC)
    process.env.MOONPORT_SPEC = "set"
    assert.equal("set", process.env.MOONPORT_SPEC)
    assert.equal("set", os.getenv "MOONPORT_SPEC")
    assert.equal("set\n", io.popen "echo $MOONPORT_SPEC":read "a")
    local found
    for name, value in pairs(process.env) do
      if name == "MOONPORT_SPEC" then found = value end
    end
    assert.equal("set", found)
    process.env.MOONPORT_SPEC = 5
    assert.equal("5", process.env.MOONPORT_SPEC)
    process.env.MOONPORT_SPEC = nil
    assert.is_nil(process.env.MOONPORT_SPEC)
    assert.is_nil(os.getenv "MOONPORT_SPEC")
  end)

  it("does nothing bad with odd names", function()
    for _, name in ipairs { "", "a=b", 5, true, {}, print } do assert.is_nil(process.env[name]) end
    for _, name in ipairs { "a\0b", {}, true, print } do
      assert.has_error(function() process.env[name] = "x" end)
    end
    raises("ERR_INVALID_ARG_VALUE", function() process.env.MOONPORT_SPEC = "a\0b" end)
    assert.is_nil(process.env.MOONPORT_SPEC)
    assert.is_nil(process.env["PATH\0x"])
  end)
end)

describe("The clock", function()
  it("goes forward, in nanoseconds", function()
    local before = process.hrtime.bigint()
    local pair = process.hrtime()
    local after = process.hrtime.bigint()
    local at = pair[1] * 1000000000 + pair[2]
    assert.is_true(before <= at and at <= after)
    assert.is_true(pair[2] >= 0 and pair[2] < 1000000000)
    local since = process.hrtime(pair)
    assert.equal(0, since[1])
    assert.is_true(since[2] >= 0)
    assert.same({ "integer", "integer" }, { math.type(since[1]), math.type(since[2]) })
    local later = process.hrtime { pair[1] - 2, 999999999 }
    assert.is_true(later[1] >= 1 and later[2] >= 0 and later[2] < 1000000000)
  end)

  it("and the memory are figures that make sense", function()
    collectgarbage()
    local usage = process.memoryUsage()
    assert.is_true(usage.rss > 1000000 and usage.heapUsed > 10000 and usage.heapUsed <= usage.rss * 4)
    local held = ("x"):rep(5000000)
    assert.is_true(process.memoryUsage().heapUsed - usage.heapUsed > 4000000)
    assert.equal(5000000, #held)
  end)
end)

describe("The current folder", function()
  it("changes, or is kept with an error", function()
    local before = process.cwd()
    process.chdir "/"
    assert.equal("/", process.cwd())
    process:chdir(before)
    assert.equal(before, process.cwd())
    local err = raises("ENOENT", process.chdir, "/nowhere/at/all")
    assert.equal("chdir", err.syscall)
    raises("ERR_INVALID_ARG_TYPE", process.chdir, 5)
    raises("ERR_INVALID_ARG_TYPE", process.chdir)
    raises("ERR_INVALID_ARG_VALUE", process.chdir, "/\0tmp")
    assert.equal(before, process.cwd())
  end)
end)

describe("process.nextTick", function()
  it("passes arguments on, nils included, in order, after the current callback", function()
    run(function()
      local order = {}
      process.nextTick(function(...)
        order[#order + 1] = select("#", ...)
        process.nextTick(function() order[#order + 1] = "nested" end)
      end, nil, 2, nil)
      process.nextTick(function() order[#order + 1] = "second" end)
      setImmediate(must(function() assert.same({ "main", 3, "second", "nested" }, order) end))
      order[#order + 1] = "main"
    end)
  end)

  it("raises for what cannot be called", function()
    for _, wrong in ipairs { "f", 5, true, {}, io.stdout } do raises("ERR_INVALID_ARG_TYPE", process.nextTick, wrong) end
    raises("ERR_INVALID_ARG_TYPE", process.nextTick)
    raises("ERR_INVALID_ARG_TYPE", process.nextTick, nil, 1)
  end)

  it("goes on for a hundred thousand ticks, in chains and at once", function()
    run(function()
      local chained, at_once = 0, 0
      local function chain()
        chained = chained + 1
        if chained < 100000 then process.nextTick(chain) end
      end
      chain()
      for i = 1, 100000 do
        process.nextTick(function()
          at_once = at_once + 1
          if at_once ~= i then error "out of order" end
        end)
      end
      setImmediate(must(function() assert.same({ 100000, 100000 }, { chained, at_once }) end))
    end)
  end)

  it("loses no tick behind one that throws", function()
    local ran = {}
    local err = helper.uncaught(function()
      for i = 1, 3 do
        process.nextTick(function()
          ran[#ran + 1] = i
          if i == 1 then error("thrown", 0) end
        end)
      end
    end)
    assert.equal("thrown", err)
    core.run()
    assert.same({ 1, 2, 3 }, ran)
  end)

  it("runs from a coroutine too, which may be gone by then", function()
    run(function()
      coroutine.wrap(function() process.nextTick(must(function() collectgarbage() end)) end)()
      collectgarbage()
    end)
  end)
end)

describe("process.kill", function()
  it("asks with signal 0, and fails with the system's error", function()
    assert.is_true(process.kill(process.pid, 0))
    assert.equal("ESRCH", raises("ESRCH", process.kill, 2147483647, 0).code)
    for _, wrong in ipairs { "1", nan, 1.5, {}, true } do raises("ERR_INVALID_ARG_TYPE", process.kill, wrong) end
    for _, wrong in ipairs { "SIGNONE", "sigterm", "", {}, nan } do
      raises("ERR_UNKNOWN_SIGNAL", process.kill, process.pid, wrong)
    end
  end)
end)

describe("A signal", function()
  it("reaches its listeners with name and number, and does not keep the loop", function()
    run(function()
      local keep = setTimeout(function() end, 1000)
      local calls = 0
      local function listener(name, number)
        calls = calls + 1
        assert.same({ "SIGUSR2", 12 }, { name, number })
        if calls < 3 then return process.kill(process.pid, "SIGUSR2") end
        process.off("SIGUSR2", listener)
        clearTimeout(keep)
      end
      process.on("SIGUSR2", listener)
      process.on("SIGUSR2", must(function() end, 3))
      process.kill(process.pid, "SIGUSR2")
      setTimeout(function()
        assert.equal(3, calls)
        process.removeAllListeners "SIGUSR2"
      end, 50)
    end)
  end)

  it("is watched once for many listeners, and no longer than there are some", function()
    local function watched() return #core.process.handles() end
    run(function()
      local before = watched()
      for _ = 1, 5 do process.on("SIGUSR1", print) end
      assert.equal(before + 1, watched())
      process.once("SIGWINCH", print)
      assert.equal(before + 2, watched())
      for _ = 1, 5 do process.off("SIGUSR1", print) end
      process.removeAllListeners "SIGWINCH"
      setTimeout(must(function() assert.equal(before, watched()) end), 2)
    end)
  end)

  it("that cannot be caught raises, and leaves no listener", function()
    for _, name in ipairs { "SIGKILL", "SIGSTOP" } do
      raises("EINVAL", process.on, name, print)
      assert.equal(0, process.listenerCount(name))
    end
  end)
end)

describe("process.emitWarning", function()
  it("tells 'warning' by tick, with name and message", function()
    run(function()
      local told = false
      process.once("warning", must(function(warning)
        told = true
        assert.same({ "DeprecationWarning", "old" }, { warning.name, warning.message })
      end))
      process.emitWarning("old", "DeprecationWarning")
      assert.is_false(told)
      setImmediate(function()
        process.once("warning", must(function(warning) assert.equal("Warning", warning.name) end))
        process:emitWarning "plain"
      end)
      setTimeout(function()
        local err = Error "an object"
        process.once("warning", must(function(warning) assert.equal(err, warning) end))
        process.emitWarning(err)
      end, 2)
    end)
  end)
end)

describe("uncaughtException", function()
  it("takes an error of any task, and the loop goes on", function()
    run(function()
      local taken = {}
      local function take(err, origin)
        assert.equal("uncaughtException", origin)
        taken[#taken + 1] = err
      end
      process.on("uncaughtException", take)
      process.once("uncaughtExceptionMonitor", must(function(err) assert.equal("tick", err) end))
      process.nextTick(error, "tick", 0)
      setImmediate(error, "immediate", 0)
      setTimeout(error, 20, "timer", 0)
      setTimeout(function()
        process.off("uncaughtException", take)
        assert.same({ "tick", "immediate", "timer" }, taken)
      end, 60)
    end)
  end)

  it("that raises itself ends the loop with its own error", function()
    local err = helper.uncaught(function()
      process.once("uncaughtException", function() error("the second", 0) end)
      setImmediate(error, "the first", 0)
      setImmediate(never "after the end")
    end)
    assert.equal("the second", err)
    for _, entry in ipairs(core.process.handles()) do clearImmediate(entry[1]) end
    run(function() setTimeout(function() end, 1) end)
  end)
end)
