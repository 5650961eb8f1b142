-- async_spec.lua - tasks: where they may wait, how they end, and what is made of several. What they wait for on a socket:
-- waiting_spec; in coroutines of the script's own: coroutine_spec.
local async = require "async"
local dgram = require "dgram"
local events = require "events"
local net = require "net"
local helper = require "spec.helper"
local run, must, raises = helper.run, helper.must, helper.raises
local task, is = helper.task, helper.failed

describe("A task may wait", function()
  local places = {
    ["in pcall"] = function() return pcall(async.sleep, 1) end,
    ["in xpcall"] = function() return xpcall(async.sleep, print, 1) end,
    ["in pcall, and fail there"] = function()
      local ok, err = pcall(function() async.sleep(1) error("mine", 0) end)
      return not ok and err == "mine"
    end,
    ["in a metamethod"] = function()
      local t = setmetatable({}, {
        __index = function(_, key) async.sleep(1) return key end,
        __add = function(a) async.sleep(1) return a end,
        __lt = function() async.sleep(1) return true end,
        __eq = function() async.sleep(1) return true end,
        __concat = function() async.sleep(1) return "c" end,
        __call = function(_, x) async.sleep(1) return x end,
        __len = function() async.sleep(1) return 5 end,
      })
      local other = setmetatable({}, getmetatable(t))
      return t.x == "x" and rawequal(t + 1, t) and t < t and t == other and t .. "x" == "c" and t(3) == 3 and #t == 5
    end,
    ["in an iterator"] = function()
      local n = 0
      for i in function(_, i) async.sleep(1) return i < 3 and i + 1 or nil end, nil, 0 do n = n + i end
      return n == 6
    end,
    ["in a __close that ends normally"] = function()
      local closed = false
      do
        local _ <close> = setmetatable({}, { __close = function() async.sleep(1) closed = true end })
      end
      return closed
    end,
    ["in a __close that an error runs"] = function()
      local closed = false
      pcall(function()
        local _ <close> = setmetatable({}, { __close = function() async.sleep(1) closed = true end })
        error "x"
      end)
      return closed
    end,
  }
  for place, f in pairs(places) do
    it(place, function() task(function() assert.truthy(f()) end) end)
  end

  it("in listeners, timers, ticks, immediates and callbacks", function()
    run(function()
      local emitter = events()
      local function wait() assert.is_true(async.sleep(1)) end
      emitter:on("x", must(wait))
      emitter:on("x", must(wait)) -- the one that waits does not delay it
      emitter:emit "x"
      setTimeout(must(wait), 1)
      setImmediate(must(wait))
      process.nextTick(must(wait))
      local socket = dgram.createSocket "udp4"
      socket:send("x", 9, must(function()
        wait()
        socket:close()
      end))
    end)
  end)

  it("in the main chunk of a script, and of a module that it loads by dofile", function()
    local result = helper.script [[
      local async = require "async"
      print(async.sleep(1), pcall(async.sleep, 1))
      print "end"]]
    assert.same({ "true\ttrue\ttrue\nend\n", "", 0 }, { result.out, result.err, result.code })
  end)
end)

describe("A task cannot wait", function()
  local function message(f, ...)
    local err = raises("ERR_CANNOT_WAIT", f, ...)
    return err.message
  end

  it("inside C functions of Lua, which are named", function()
    task(function()
      local function nap() async.sleep(1) end
      assert.truthy(message(table.sort, { 3, 2, 1 }, nap):find("table.sort", 1, true))
      assert.truthy(message(string.gsub, "x", "x", nap):find("string.gsub", 1, true))
      package.preload["spec.nap"] = nap
      assert.truthy(message(require, "spec.nap"):find("require", 1, true))
      assert.truthy(message(tostring, setmetatable({}, { __tostring = nap })):find("tostring", 1, true))
      async.sleep(1) -- and then it can
    end)
  end)

  it("in __gc", function()
    task(function()
      local ok, err
      setmetatable({}, { __gc = function() ok, err = pcall(async.sleep, 1) end })
      collectgarbage()
      collectgarbage()
      assert.is_false(ok)
      assert.equal("ERR_CANNOT_WAIT", err.code)
    end)
  end)
end)

describe("async.spawn", function()
  it("runs until the first wait, and gives results to join", function()
    task(function()
      local steps = {}
      local first = async.spawn(function(...)
        steps[#steps + 1] = "in"
        async.sleep(1)
        return ...
      end, 1, nil, 3, nil)
      steps[#steps + 1] = "out"
      assert.same({ "in", "out" }, steps)
      assert.equal("waiting", first.status)
      assert.same({ 1, nil, 3, nil, n = 4 }, table.pack(first:join()))
      assert.same({ 1, nil, 3, nil, n = 4 }, table.pack(first:join())) -- again
      assert.equal("done", first.status)
      assert.equal(0, select("#", async.spawn(function() end):join()))
      assert.truthy(first.where:find "async_spec.lua:%d+")
      assert.truthy(tostring(first):find "^Task .*async_spec.lua:%d+")
      assert.equal("", first:traceback())
      for _, wrong in ipairs { 1, "x", {}, true } do raises("ERR_INVALID_ARG_TYPE", async.spawn, wrong) end
    end)
  end)

  it("gives an error to whoever joins, at once or later", function()
    task(function()
      local err = { "mine" }
      local early = async.spawn(function() error(err) end)
      local result, got = early:join()
      assert.is_nil(result)
      assert.equal(err, got)
      local late = async.spawn(function() async.sleep(1) error("text", 0) end)
      is("text", late:join())
      assert.equal("failed", late.status)
    end)
  end)

  it("makes the error of a task that nobody joins an uncaught one, with its traceback and where it was spawned", function()
    for _, wait in ipairs { "", "async.sleep(1)" } do
      local result = helper.script(([[
        local async = require "async"
        local function fail() %s error "oops" end
        async.spawn(fail)
        async.sleep(50)
        print "never"]]):format(wait))
      assert.equal(1, result.code)
      assert.equal("", result.out)
      assert.truthy(result.err:find("2: oops", 1, true))
      assert.truthy(result.err:find("in upvalue 'fail'", 1, true) or result.err:find("in function", 1, true))
      assert.truthy(result.err:find("%[task of .*:3%]"))
    end
  end)

  it("tells each of two that fail in one callback with its own traceback", function()
    task(function()
      local seen = {}
      local function note(err) seen[#seen + 1] = err end
      process:on("uncaughtException", note)
      async.spawn(function() error("one", 0) end)
      async.spawn(function() error("two", 0) end)
      async.sleep(1)
      process:off("uncaughtException", note)
      assert.same({ "one", "two" }, seen)
    end)
  end)

  it("keeps 10,000 sleeping tasks", function()
    task(function()
      local n = 0
      for _ = 1, 10000 do async.spawn(function() async.sleep(5) n = n + 1 end) end
      assert.is_true(#async.tasks() >= 10000)
      async.sleep(200)
      while n < 10000 do async.sleep(20) end
      assert.equal(1, #async.tasks())
      assert.equal(async.current(), async.tasks()[1])
    end)
  end)

  it("ends in the order of the ticks, the same in every run", function()
    local function order()
      local seen = {}
      task(function()
        local tasks = {}
        for i = 1, 20 do
          tasks[i] = async.spawn(function()
            for step = 1, i % 4 do
              async.await(function(done) process.nextTick(done) end)
              seen[#seen + 1] = i .. "." .. step
            end
          end)
        end
        for _, one in ipairs(tasks) do one:join() end
      end)
      return table.concat(seen, " ")
    end
    assert.equal(order(), order())
  end)
end)

describe("Task:cancel", function()
  it("raises at the wait and at every later one, whatever pcall says, but not in __close", function()
    task(function()
      local seen = {}
      local victim = async.spawn(function()
        local _ <close> = setmetatable({}, { __close = function() seen[#seen + 1] = tostring(pcall(async.sleep, 0)) end })
        for _ = 1, 3 do
          local ok, err = pcall(async.sleep, 1000)
          seen[#seen + 1] = ok or err.code
        end
        do
          local _ <close> = setmetatable({}, { __close = function() seen[#seen + 1] = async.sleep(1) end })
        end
        async.sleep(1)
        seen[#seen + 1] = "never"
      end)
      assert.equal(victim, victim:cancel "no more")
      victim:cancel "again"
      local result, err = victim:join()
      is("ECANCELED", result, err)
      assert.equal("no more", err.cause)
      assert.equal("CancelledError", err.name)
      assert.equal("cancelled", victim.status)
      -- the last __close is run by lua_resetthread, where nothing can wait
      assert.same({ "ECANCELED", "ECANCELED", "ECANCELED", true, "false" }, seen)
    end)
  end)

  it("ends one that goes on all the same", function()
    task(function()
      local closed, heirs = 0, {}
      local function stubborn()
        local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
        while true do pcall(async.sleep, 1) end
      end
      local victim = async.spawn(stubborn):cancel "enough"
      local result, err = victim:join()
      is("ECANCELED", result, err)
      assert.equal("enough", err.cause)
      assert.equal("cancelled", victim.status)
      assert.equal(1, closed)
      victim = async.spawn(function() -- in a coroutine of its own, before it has waited for the first time
        async.current():cancel()
        coroutine.wrap(function() while true do pcall(async.sleep, 1) end end)()
      end)
      is("ECANCELED", victim:join())
      setImmediate(function() -- one that nobody has spawned
        heirs[1] = async.current():cancel()
        stubborn()
      end)
      setTimeout(function()
        async.sleep(1)
        heirs[2] = async.current():cancel()
        stubborn()
      end, 1)
      while closed < 3 do async.sleep(1) end
      for _, heir in ipairs(heirs) do assert.equal("cancelled", heir.status) end
      assert.equal(1, #async.tasks())
    end)
  end)

  it("of one that does not wait raises at its next wait; of one that ended does nothing", function()
    task(function()
      local me
      local victim = async.spawn(function()
        me = async.current():cancel()
        return pcall(async.sleep, 1)
      end)
      assert.equal(victim, me)
      local ok, err = victim:join()
      assert.is_false(ok)
      assert.equal("ECANCELED", err.code)
      local ended = async.spawn(function() return 1 end)
      ended:cancel()
      assert.equal(1, ended:join())
    end)
  end)

  it("lets go of whatever was waited for", function()
    task(function()
      local emitter, queue, semaphore = events(), async.queue(1), async.semaphore(1)
      local server = net.createServer():listen(0, "127.0.0.1")
      local udp = dgram.createSocket "udp4"
      udp:bindSync { address = "127.0.0.1" }
      queue:put(1)
      semaphore:acquire()
      local never = async.spawn(function() async.sleep(100000) end)
      local waits = {
        function() emitter:wait "x" end, function() for _ in emitter:events "x" do break end end, -- luacheck: ignore 512
        function() queue:put(2) end, function() semaphore:acquire() end, function() server:accept() end,
        function() udp:receive() end, function() never:join() end, function() async.all { function() never:join() end } end,
        function() async.race { never } end, function() async.await(function() end) end, function() async.sleep(1e9) end,
        function() async.timeout(1e9, async.sleep, 1e9) end,
      }
      for i, wait in ipairs(waits) do
        local victim = async.spawn(wait)
        assert.equal("waiting", victim.status, i)
        victim:cancel()
        is("ECANCELED", victim:join())
      end
      assert.equal(0, emitter:listenerCount "x")
      assert.equal(1, queue:get())
      assert.equal(0, #queue)
      semaphore:release()
      assert.is_true(semaphore:acquire(0))
      is("ECANCELED", never:join()) -- race cancels what it was given
      local client = net.connect(server:wait "listening":address().port)
      local peer = server:accept()
      client:destroy()
      peer:destroy()
      server:close()
      udp:close()
    end)
  end)
end)

describe("Several tasks:", function()
  local function after(ms, ...)
    local results = table.pack(...)
    return function()
      async.sleep(ms)
      return table.unpack(results, 1, results.n)
    end
  end
  local function failing(ms) return function() async.sleep(ms) error("failed", 0) end end

  it("all, race and timeout, which cancel their losers", function()
    task(function()
      async.sleep(0)
      local before = #async.tasks()
      assert.same({ "a", "b", "c" }, async.all { after(3, "a"), after(1, "b"), function() return "c" end })
      assert.same({}, async.all {})
      is("failed", async.all { after(1000), failing(1) })
      is("ETIMEDOUT", async.all({ after(1000) }, 1))
      assert.equal("fast", async.race { after(1000, "slow"), after(1, "fast") })
      is("failed", async.race { after(1000), failing(1) })
      is("ETIMEDOUT", async.race({ after(1000) }, 2))
      assert.same({ 1, 2 }, { async.timeout(1000, after(1, 1, 2)) })
      is("ETIMEDOUT", async.timeout(2, after(1000)))
      is("failed", async.timeout(1000, failing(1)))
      async.sleep(0)
      assert.equal(before, #async.tasks())
      for _, call in ipairs { async.all, async.race } do
        raises("ERR_INVALID_ARG_TYPE", call, 5)
        raises("ERR_INVALID_ARG_TYPE", call, { 5 })
      end
      raises("ERR_INVALID_ARG_TYPE", async.timeout, "1", print)
      raises("ERR_OUT_OF_RANGE", async.timeout, -1, print)
      raises("ERR_INVALID_ARG_TYPE", async.timeout, 1)
    end)
  end)

  it("the first that ends wins, whatever its place; each is looked at once", function()
    task(function()
      local tasks = {}
      for i = 1, 2000 do tasks[i] = async.spawn(after(i % 7, i)) end
      assert.equal("first", async.race { after(60000), after(1, "first"), after(60000) })
      local results = async.all(tasks)
      assert.equal(2000, #results)
      assert.equal(2000, results[2000])
      local twice = async.spawn(after(1, "twice"))
      assert.same({ "twice", "twice" }, async.all { twice, twice })
    end)
  end)

  it("a task that sleeps for no time leaves room for sockets", function()
    task(function()
      local server = net.createServer(function(peer) peer:finish "hello" end):listen(0, "127.0.0.1")
      local client = net.connect(server:wait "listening":address().port)
      local turns = 0
      local spinner = async.spawn(function()
        while true do
          async.sleep(0)
          turns = turns + 1
        end
      end)
      assert.equal("hello", client:receive("a", 2000))
      spinner:cancel()
      client:finish()
      server:close()
    end)
  end)

  it("join with a limit or a signal leaves the task alone; a task cannot join itself", function()
    task(function()
      local one = async.spawn(after(10, "done"))
      is("ETIMEDOUT", one:join(1))
      local controller = AbortController()
      controller:abort()
      is("ABORT_ERR", one:join { signal = controller.signal })
      assert.equal("done", one:join())
      raises("EDEADLK", function() async.current():join() end)
    end)
  end)

  it("await turns callbacks into results, early and late", function()
    task(function()
      assert.same({ 1, 2 }, { async.await(function(a, b, done) setTimeout(done, 1, nil, a, b) end, 1, 2) })
      assert.same({ 3 }, { async.await(function(done) done(nil, 3) done(nil, 4) end) })
      is("bad", async.await(function(done) done "bad" end))
      local socket = dgram.createSocket "udp4"
      assert.equal(1, async.await(socket.send, socket, "x", 9))
      socket:close()
    end)
  end)

  it("a queue serves who came first, also when others ask before its turn", function()
    task(function()
      local queue, order = async.queue(1), {}
      local function getter(name)
        return function()
          local value = queue:get()
          order[#order + 1] = name .. value
        end
      end
      local first, second = async.spawn(getter "first "), nil
      async.spawn(function()
        queue:put(1) -- wakes the first one, by tick
        second = async.spawn(getter "second ")
      end)
      first:join()
      queue:put(2)
      second:join()
      assert.same({ "first 1", "second 2" }, order)
      queue:put "full"
      local putter = async.spawn(queue.put, queue, "came first")
      local got = { queue:get() } -- and there is room, for the putter
      async.spawn(queue.put, queue, "came second")
      got[2], got[3] = queue:get(), queue:get()
      assert.same({ "full", "came first", "came second" }, got)
      putter:join()
      for _ in queue:values(1) do error "a value" end
      queue:put "one"
      for value in queue:values(20) do assert.equal("one", value) end
    end)
  end)

  it("a queue hands over in order, waits when it is full or empty, and ends when it is closed", function()
    task(function()
      local queue, got = async.queue(2), {}
      local writer = async.spawn(function()
        for i = 1, 6 do queue:put(i) end
        queue:close()
        is("EPIPE", queue:put(7))
      end)
      assert.equal(2, #queue)
      for value in queue:values() do got[#got + 1] = value end
      assert.same({ 1, 2, 3, 4, 5, 6 }, got)
      writer:join()
      assert.is_nil(queue:get())
      is("ETIMEDOUT", async.queue():get(1))
      raises("ERR_OUT_OF_RANGE", async.queue, 0)
      raises("ERR_INVALID_ARG_TYPE", queue.put, queue)
    end)
  end)

  it("a semaphore lets so many in, in order", function()
    task(function()
      local semaphore, inside, most, order = async.semaphore(3), 0, 0, {}
      local tasks = {}
      for i = 1, 10 do
        tasks[i] = async.spawn(semaphore.with, semaphore, function()
          inside = inside + 1
          most = math.max(most, inside)
          async.sleep(1)
          inside = inside - 1
          order[#order + 1] = i
        end)
      end
      for _, one in ipairs(tasks) do one:join() end
      assert.equal(3, most)
      assert.same({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, order)
      raises("ERR_OUT_OF_RANGE", async.semaphore, 0)
      order = {}
      local function worker(i) return semaphore:with(function() order[#order + 1] = i async.sleep(1) end) end
      for i = 1, 8 do tasks[i] = async.spawn(worker, i) end
      tasks[5]:cancel() -- in the middle of the line
      is("ETIMEDOUT", semaphore:acquire(0))
      assert.is_nil((tasks[5]:join()))
      tasks[8]:join()
      assert.same({ 1, 2, 3, 4, 6, 7, 8 }, order)
      pcall(semaphore.with, semaphore, error, "x")
      assert.equal(3, semaphore.free)
    end)
  end)
end)

describe("Waiting for events", function()
  it("gives their arguments, or the error that came first", function()
    task(function()
      local emitter = events()
      setTimeout(function() emitter:emit("x", 1, nil, 3) end, 1)
      assert.same({ 1, nil, 3, n = 3 }, table.pack(emitter:wait "x"))
      setTimeout(function() emitter:emit "x" end, 1)
      assert.equal(emitter, events.once(emitter, "x"))
      setTimeout(function() emitter:emit("error", "bad") end, 1)
      is("bad", emitter:wait "x")
      setTimeout(function() emitter:emit "close" end, 1)
      is("ERR_STREAM_PREMATURE_CLOSE", emitter:wait "x")
      is("ETIMEDOUT", emitter:wait("x", 1))
      is("ETIMEDOUT", emitter:wait("x", { timeout = 1 }))
      assert.same({}, emitter:eventNames())
      raises("ERR_INVALID_ARG_TYPE", emitter.wait, emitter)
    end)
  end)

  it("iterates until 'close', and forgets the emitter when the loop is left", function()
    task(function()
      local emitter, got = events(), {}
      setTimeout(function()
        for i = 1, 3 do emitter:emit("x", i, "v" .. i) end
        emitter:emit "close"
      end, 1)
      for i, v in emitter:events "x" do got[i] = v end
      assert.same({ "v1", "v2", "v3" }, got)
      setTimeout(function() emitter:emit("x", 1) end, 1)
      for _ in events.on(emitter, "x") do break end -- luacheck: ignore 512
      assert.same({}, emitter:eventNames())
      setTimeout(function() emitter:emit("x", 1) end, 1)
      for i in emitter:events("x", 30) do got[i] = "limited" end
      assert.same({ "limited", "v2", "v3" }, got)
      for _ in emitter:events("x", { signal = AbortSignal.abort() }) do error "an event" end
    end)
  end)

  it("knows what is so already", function()
    task(function()
      local server = net.createServer():listen(0, "127.0.0.1")
      assert.equal(server, server:wait "listening")
      assert.equal(server, server:wait "listening")
      local client = net.connect(server:address().port)
      assert.equal(client, client:wait "connect")
      assert.equal(client, client:wait "connect")
      local peer = server:accept()
      client:destroy()
      assert.same({ true, false }, { client:wait "close" })
      assert.same({ true, false }, { client:wait "close" })
      is("ERR_STREAM_PREMATURE_CLOSE", client:wait "data")
      peer:destroy()
      server:close()
      assert.is_nil(server:accept())
      is("ECONNREFUSED", net.connect(1):wait "connect")
    end)
  end)
end)

describe("A loop that is empty while tasks wait", function()
  it("ends with 13 and says where each waits", function()
    local result = helper.script [[
      local async, events = require "async", require "events"
      local function deep() events():wait "never" end
      async.spawn(deep)
      process:on("exit", function(code) print("exit", code) end)
      async.queue():get()]]
    assert.equal(13, result.code)
    assert.equal("exit\t13\n", result.out)
    assert.truthy(result.err:find("2 tasks wait", 1, true))
    assert.truthy(result.err:find("in function <[^\n]*:2>"))
    assert.truthy(result.err:find("%[task of .*:3%]"))
    assert.truthy(result.err:find("[main chunk]", 1, true))
  end)
end)

describe("An exit", function()
  for name, source in pairs {
    ["in a task that has not waited"] = "async.spawn(function() os.exit(3) end)",
    ["in one that has"] = "async.spawn(function() async.sleep(1); os.exit(3) end):join()",
    ["in the main chunk, which is a task by then"] = "async.sleep(1); pcall(os.exit, 3)",
    ["in the main chunk, whose task is known"] = "async.current(); pcall(os.exit, 3)",
    ["in a timer, whose task is known"] = [[
      setTimeout(function()
        async.current()
        async.spawn(function() process.exit(3) end)
      end, 1)
      async.sleep(60000)]],
  } do
    it(name .. " ends the program, and leaves nothing in memory", function() -- as a sanitizer says
      local result = helper.script('local async = require "async"\n' .. source)
      assert.same({ "", "", 3 }, { result.out, result.err, result.code })
    end)
  end
end)
