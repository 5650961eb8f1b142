-- limits_spec.lua - what every verb of the waiting style has in common: a time limit, a signal, cancelling its task; none
-- of them takes anything, and what was waited for is there for the next one. What each is good for: the specs of their
-- own.
-- luacheck: ignore 512 (loops that are left at once)
local async = require "async"
local dgram = require "dgram"
local dns = require "dns"
local events = require "events"
local fs = require "fs"
local net = require "net"
local helper = require "spec.helper"
local raises = helper.raises
local task = helper.task

local function connected()
  local server = net.createServer():listen(0, "127.0.0.1")
  server:wait "listening"
  local client = net.connect(helper.reach(server))
  local peer = server:accept()
  server:close()
  client:wait "connect"
  return client, peer
end

local function of_socket(wait, data)
  return function()
    local client, peer = connected()
    return {
      wait = function(limit) return wait(client, limit) end,
      provide = function() peer:finish(data or "line\n12345") end,
      close = function()
        client:destroy()
        peer:destroy()
      end,
    }
  end
end

local function of_server(wait)
  return function()
    local server = net.createServer():listen(0, "127.0.0.1")
    server:wait "listening"
    local client
    return {
      wait = function(limit)
        local socket, err = wait(server, limit)
        if socket then socket:destroy() end
        return socket, err
      end,
      provide = function() client = net.connect(helper.reach(server)):on("error", function() end) end,
      close = function()
        client:destroy()
        server:close()
      end,
    }
  end
end

local function of_udp(wait)
  return function()
    local socket, other = dgram.createSocket "udp4", dgram.createSocket "udp4"
    local port = socket:bindSync({ address = "127.0.0.1" }).port
    return {
      wait = function(limit) return wait(socket, limit) end,
      provide = function() other:send("message", port, "127.0.0.1") end,
      close = function()
        socket:close()
        other:close()
      end,
    }
  end
end

-- One that another task gives: wait(limit, f) with f a function that waits for it.
local function of_task(wait)
  return function()
    local gate = events()
    local function pass() return gate:wait "open" end
    return { wait = function(limit) return wait(limit, pass) end, provide = function() gate:emit "open" end }
  end
end

-- name -> function that makes { wait = f(limit), provide = what makes wait() return something true, close = }
local verbs = {
  ["emitter:wait"] = function()
    local emitter = events()
    return { wait = function(limit) return emitter:wait("x", limit) end, provide = function() emitter:emit "x" end,
      close = function() assert.same({}, emitter:eventNames()) end }
  end,
  ["events.once"] = function()
    local emitter = events()
    return { wait = function(limit) return events.once(emitter, "x", limit) end,
      provide = function() emitter:emit("x", 1) end, close = function() assert.same({}, emitter:eventNames()) end }
  end,
  ["socket:receive()"] = of_socket(function(socket, limit) return socket:receive(nil, limit) end),
  ["socket:receive 'l'"] = of_socket(function(socket, limit) return socket:receive("l", limit) end),
  ["socket:receive 'L'"] = of_socket(function(socket, limit) return socket:receive("L", limit) end),
  ["socket:receive 'a'"] = of_socket(function(socket, limit) return socket:receive("a", limit) end),
  ["socket:receive(10)"] = of_socket(function(socket, limit) return socket:receive(10, limit) end),
  ["socket:receiveUntil"] = of_socket(function(socket, limit) return socket:receiveUntil("3", nil, limit) end),
  ["socket:wait 'close'"] = of_socket(function(socket, limit)
    socket:resume():finish()
    return socket:wait("close", limit)
  end),
  ["socket:closed"] = of_socket(function(socket, limit)
    socket:resume():finish()
    local had_error, err = socket:closed(limit)
    return had_error == false or nil, err
  end),
  ["socket:send"] = function()
    local client, peer = connected()
    client:write(("x"):rep(16000000)) -- more than the kernel takes
    return {
      wait = function(limit) return client:send("x", limit) end,
      provide = function() peer:resume() end,
      close = function()
        client:destroy()
        peer:destroy()
      end,
    }
  end,
  ["server:accept"] = of_server(function(server, limit) return server:accept(limit) end),
  ["udp:receive"] = of_udp(function(socket, limit) return socket:receive(limit) end),
  ["async.timeout"] = of_task(function(limit, f) return async.timeout(limit or 1e9, f) end),
  ["async.timeout, async.await"] = of_task(function(limit, f)
    return async.timeout(limit or 1e9, async.await, function(done) async.spawn(function() done(nil, f()) end) end)
  end),
  ["task:join"] = of_task(function(limit, f)
    local one = async.spawn(f)
    local _ <close> = setmetatable({}, { __close = function() one:cancel() end })
    local value, err = one:join(limit)
    assert.equal(value and "done" or "waiting", one.status) -- joining leaves it alone
    return value, err
  end),
  ["async.all"] = of_task(function(limit, f) return async.all({ f, f }, limit) end),
  ["async.race"] = of_task(function(limit, f) return async.race({ f, f }, limit) end),
  ["queue:get"] = function()
    local queue = async.queue()
    return { wait = function(limit) return queue:get(limit) end, provide = function() queue:put "value" end }
  end,
  ["queue:put"] = function()
    local queue = async.queue(1)
    queue:put "full"
    return { wait = function(limit) return queue:put("value", limit) end, provide = function() queue:get() end,
      close = function() assert.same({ 1, "value" }, { #queue, queue:get() }) end } -- and nothing of those that failed
  end,
  ["semaphore:acquire"] = function()
    local semaphore = async.semaphore(1)
    semaphore:acquire()
    return { wait = function(limit) return semaphore:acquire(limit) end, provide = function() semaphore:release() end,
      close = function() assert.equal(0, semaphore.free) end }
  end,
}

local loops = { -- which are left without an error
  ["emitter:events"] = function()
    local emitter = events()
    return {
      wait = function(limit)
        for value in emitter:events("x", limit) do return value end
      end,
      provide = function() emitter:emit "x" end,
      close = function() assert.same({}, emitter:eventNames()) end,
    }
  end,
  ["socket:lines"] = of_socket(function(socket, limit)
    for line in socket:lines("l", limit) do return line end
  end),
  ["socket:chunks"] = of_socket(function(socket, limit)
    for chunk in socket:chunks(limit) do return chunk end
  end),
  ["server:connections"] = of_server(function(server, limit)
    for socket in server:connections(limit) do return socket end
  end),
  ["udp:messages"] = of_udp(function(socket, limit)
    for message in socket:messages(limit) do return message end
  end),
  ["queue:values"] = function()
    local queue = async.queue()
    return {
      wait = function(limit)
        for value in queue:values(limit) do return value end
      end,
      provide = function() queue:put "value" end,
    }
  end,
}
for name, make in pairs(loops) do
  verbs[name] = function()
    local one = make()
    one.ends = true
    return one
  end
end

-- Runs check(subject, expect) and then the rest: the next one gets what is waited for.
local function with(make, check)
  task(function()
    local one = make()
    check(one, function(code, ...)
      local value, err = ...
      assert.is_nil(value)
      assert.equal(not one.ends and code or nil, err and err.code)
    end)
    local next_one = async.spawn(one.wait)
    assert.equal("waiting", next_one.status)
    one.provide()
    local value, err = next_one:join()
    assert.is_truthy(value, err)
    if one.close then one.close() end
  end)
end

local names = {}
for name in pairs(verbs) do names[#names + 1] = name end
table.sort(names)

for _, name in ipairs(names) do
  local make = verbs[name]
  describe(name, function()
    it("ends by its time limit", function()
      with(make, function(one, expect)
        expect("ETIMEDOUT", one.wait(0))
        expect("ETIMEDOUT", one.wait(1))
        expect("ETIMEDOUT", one.wait { timeout = 2 })
      end)
    end)

    it("ends by a signal", function()
      with(make, function(one, expect)
        local controller = AbortController()
        local signal = controller.signal
        local waits = async.spawn(one.wait, { signal = signal, timeout = 1e9 })
        local before = signal:listenerCount "abort"
        assert.equal("waiting", waits.status)
        controller:abort "the reason"
        local value, err = waits:join()
        expect("ABORT_ERR", value, err)
        assert.equal("AbortError", one.ends and "AbortError" or err.name)
        assert.equal("the reason", one.ends and "the reason" or err.cause)
        expect("ABORT_ERR", one.wait { signal = signal })
        assert.same({ 1, 0 }, { before, signal:listenerCount "abort" })
        local unused = AbortController() -- the limit is faster
        expect("ETIMEDOUT", one.wait { timeout = 1, signal = unused.signal })
        assert.equal(0, unused.signal:listenerCount "abort")
      end)
    end)

    it("ends by the end of its task, and lets go", function()
      with(make, function(one)
        local closed = 0
        local victims = {}
        for i = 1, 2 do -- for ever, and with a limit
          victims[i] = async.spawn(function()
            local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
            local limit
            if i == 2 then limit = 1e9 end
            one.wait(limit)
            error "goes on"
          end)
          assert.equal("waiting", victims[i].status)
          victims[i]:cancel "no more"
          local _, err = victims[i]:join()
          assert.equal("ECANCELED", err.code)
          assert.equal("no more", err.cause)
        end
        assert.equal(2, closed)
      end)
    end)

    it("raises for wrong limits, whether or not it must wait", function()
      with(make, function(one)
        for _, wrong in ipairs { "1", -1, 0 / 0, true, { timeout = "1" }, { timeout = -1 }, { signal = {} }, { signal = 5 } } do
          local ok, err = pcall(one.wait, wrong)
          assert.is_false(ok)
          assert.truthy(err.code == "ERR_INVALID_ARG_TYPE" or err.code == "ERR_OUT_OF_RANGE", tostring(err))
        end
      end)
    end)
  end)
end

describe("A wait without a limit of its own", function()
  it("async.sleep ends by its signal, and by the end of its task", function()
    task(function()
      local controller = AbortController()
      local sleeper = async.spawn(async.sleep, 1e9, { signal = controller.signal })
      controller:abort "up"
      local value, err = sleeper:join()
      assert.same({ nil, "ABORT_ERR", "up" }, { value, err.code, err.cause })
      assert.equal("ABORT_ERR", select(2, async.sleep(0, { signal = controller.signal })).code)
      assert.equal(0, controller.signal:listenerCount "abort")
      assert.equal("ECANCELED", select(2, async.spawn(async.sleep, 1e9):cancel():join()).code)
      for _, wrong in ipairs { "1", true, 5, { signal = {} } } do raises("ERR_INVALID_ARG_TYPE", async.sleep, 1, wrong) end
      for _, wrong in ipairs { -1, 0 / 0 } do raises("ERR_OUT_OF_RANGE", async.sleep, wrong) end
      for _, wrong in ipairs { "1", true, {} } do raises("ERR_INVALID_ARG_TYPE", async.sleep, wrong) end
    end)
  end)

  it("semaphore:with, by async.timeout", function()
    task(function()
      local semaphore = async.semaphore(1)
      semaphore:acquire()
      assert.equal("ETIMEDOUT", select(2, async.timeout(1, semaphore.with, semaphore, print)).code)
      semaphore:release()
      assert.equal("done", semaphore:with(function() return "done" end))
      assert.equal(1, semaphore.free)
    end)
  end)

  it("fs, by async.timeout: the system call goes on", function()
    task(function()
      local path = helper.path ".fifo"
      local again = path .. ".again"
      assert(os.execute(("mkfifo %s && ln %s %s"):format(helper.quote(path), helper.quote(path), helper.quote(again))))
      assert.equal("ETIMEDOUT", select(2, async.timeout(1, fs.readFile, path)).code)
      local reader = async.spawn(fs.readFile, path)
      assert.equal("waiting", reader.status)
      assert.equal("ECANCELED", select(2, reader:cancel():join()).code)
      local last = async.spawn(fs.readFile, path)
      last:cancel()
      os.remove(path) -- for whoever has not opened it yet; the others go on when somebody writes
      local writer = assert(io.open(again, "r+"))
      async.sleep(50)
      writer:close()
      assert.equal("ABORT_ERR", select(2, fs.readFile(path, { signal = AbortSignal.abort() })).code)
    end)
  end)

  it("dns, by async.timeout: the question goes on", function()
    local made, resolver = pcall(dns.Resolver)
    if not made then return pending(tostring(resolver)) end
    task(function()
      local silent = dgram.createSocket "udp4"
      resolver:setServers { "127.0.0.1:" .. silent:bindSync({ address = "127.0.0.1" }).port }
      assert.equal("ETIMEDOUT", select(2, async.timeout(1, resolver.resolve4, resolver, "moonport.test")).code)
      local asker = async.spawn(resolver.resolve4, resolver, "moonport.test")
      assert.equal("waiting", asker.status)
      assert.equal("ECANCELED", select(2, asker:cancel():join()).code)
      local last = async.spawn(resolver.resolve4, resolver, "moonport.test")
      resolver:cancel()
      assert.equal("ECANCELLED", select(2, last:join()).code)
      silent:close()
    end)
  end)
end)
