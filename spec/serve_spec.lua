-- serve_spec.lua - servers in waiting style: accept, connections and serve; what becomes of a connection whose handler
-- returns, fails or is cancelled. Sockets themselves: waiting_spec.
local async = require "async"
local net = require "net"
local helper = require "spec.helper"
local raises = helper.raises
local task, is = helper.task, helper.failed

local function listen(options)
  local server = net.createServer(options):listen(0, "127.0.0.1")
  server:wait "listening"
  return server
end

local function connect(server) return assert(net.connect(helper.reach(server)):wait "connect") end

-- Waits until f() is true.
local function until_true(f)
  while not f() do async.sleep(1) end
end

describe("server:serve", function()
  for _, transport in ipairs(helper.transports) do
    it("finishes the socket when its handler returns, over " .. transport.name, function()
      task(function()
        local server = net.createServer():listen(transport.where())
        local seen
        assert.equal(server, server:serve(function(socket, owner)
          assert.equal(server, owner)
          assert.equal(server, socket.server)
          seen = socket
          socket:write(("x"):rep(3000000)) -- more than the kernel takes: it still goes out
          socket:write "end"
        end))
        server:wait "listening"
        local client = connect(server)
        local text = client:receive "a"
        assert.equal(3000003, #text)
        assert.equal("end", text:sub(-3))
        assert.is_true(seen.writableEnded)
        assert.is_false(seen.destroyed) -- the peer has not ended
        client:finish()
        assert.is_false(seen:closed())
        assert.equal(0, server.connectionCount)
        server:close()
      end)
    end)
  end

  it("drops what its handler has not read, but not what another task reads", function()
    task(function()
      local server, text, reader = listen(), nil, nil
      local reads = false
      server:serve(function(socket)
        if reads then reader = async.spawn(function() text = socket:receive "a" end) end
        socket:send "bye"
      end)
      for _ = 1, 2 do
        local client = connect(server)
        assert.equal("bye", client:receive "a")
        client:finish(("y"):rep(500000))
        assert.is_false(client:closed())
        until_true(function() return server.connectionCount == 0 end)
        reads = true
      end
      reader:join()
      assert.equal(500000, #text)
      server:close()
    end)
  end)

  it("leaves a socket alone that its handler has destroyed", function()
    task(function()
      local server = listen():serve(function(socket) socket:destroy() end)
      local client = connect(server)
      assert.is_nil(client:receive())
      client:destroy()
      server:close()
    end)
  end)

  it("takes several at once, and is half-open", function()
    task(function()
      local server, inside, most = listen(), 0, 0
      server:serve(function(socket)
        inside = inside + 1
        most = math.max(most, inside)
        local question = socket:receive "a" -- their end
        until_true(function() return most == 20 end)
        socket:send(question:upper())
        inside = inside - 1
      end)
      local clients = {}
      for i = 1, 20 do
        clients[i] = connect(server)
        clients[i]:finish("question " .. i)
      end
      for i = 1, 20 do assert.equal("QUESTION " .. i, clients[i]:receive "a") end
      assert.equal(20, most)
      for i = 1, 20 do clients[i]:closed() end
      server:close()
    end)
  end)

  it("destroys the connection of a handler that fails, and tells 'taskError'; the others go on", function()
    task(function()
      local server, told = listen(), {}
      server:on("taskError", function(err, socket)
        assert.is_true(socket.destroyed)
        told[#told + 1] = err
      end)
      server:serve(function(socket)
        local line = socket:receive "l"
        if line == "fail" then error { "mine" } end
        if line == "fail later" then
          async.sleep(1)
          error("later", 0)
        end
        socket:send(line .. "!\n")
      end)
      local good, bad, worse = connect(server), connect(server), connect(server)
      bad:send "fail\n"
      worse:send "fail later\n"
      assert.is_nil(bad:receive())
      assert.is_nil(worse:receive())
      good:send "fine\n"
      assert.equal("fine!", good:receive "l")
      assert.same({ { "mine" }, "later" }, told)
      for _, socket in ipairs { good, bad, worse } do socket:destroy() end
      local one_more = connect(server)
      one_more:send "still here\n"
      assert.equal("still here!", one_more:receive "l")
      one_more:destroy()
      server:close()
    end)
  end)

  it("reports the error on stderr with its traceback when nobody listens, and goes on", function()
    local result = helper.script [[
      local net = require "net"
      local server = net.createServer():listen(0, "127.0.0.1")
      local function fail(line) error("no such thing: " .. line) end
      server:serve(function(socket)
        for line in socket:lines() do
          if line == "bad" then fail(line) end
          socket:send(line .. "\n")
        end
      end)
      local port = server:wait "listening":address().port
      local bad, good = net.connect(port, "127.0.0.1"), net.connect(port, "127.0.0.1")
      bad:send "bad\n"
      print("bad", bad:receive "l")
      good:send "good\n"
      print("good", good:receive "l")
      bad:destroy()
      good:destroy()
      server:close()]]
    assert.same({ "bad\tnil\ngood\tgood\n", 0 }, { result.out, result.code }, result.err)
    local file = result.file
    assert.truthy(result.err:find(file .. ":3: no such thing: bad", 1, true), result.err)
    assert.truthy(result.err:find("in upvalue 'fail'", 1, true), result.err)
    assert.truthy(result.err:find(file .. ":6: in function <", 1, true), result.err)
    assert.truthy(result.err:find("[connection of " .. file .. ":2]", 1, true), result.err)
    local _, times = result.err:gsub("no such thing", "")
    assert.equal(1, times, result.err)
  end)

  it("an error of a listener of 'taskError' is an uncaught one", function()
    local result = helper.script [[
      local net = require "net"
      local server = net.createServer():listen(0, "127.0.0.1")
      server:serve(function() error "first" end)
      server:on("taskError", function() error "second" end)
      net.connect(server:address().port, "127.0.0.1"):receive()]]
    assert.equal(1, result.code)
    assert.truthy(result.err:find(":4: second", 1, true), result.err)
  end)

  it("stops accepting when it is closed, while its handlers run on", function()
    task(function()
      local server, closed = listen(), false
      server:serve(function(socket)
        for line in socket:lines() do socket:send(line .. "\n") end
      end)
      local client = connect(server)
      client:send "one\n"
      assert.equal("one", client:receive "l")
      local where = helper.reach(server)
      server:close(function() closed = true end)
      is("ECONNREFUSED", net.connect(where):wait "connect")
      client:send "two\n"
      assert.equal("two", client:receive "l")
      assert.is_false(closed)
      client:finish()
      server:wait "close"
      assert.is_true(closed)
      assert.equal(0, server.connectionCount)
    end)
  end)

  local function stubborn(server, seen)
    server:serve(function(socket)
      local _ <close> = setmetatable({}, { __close = function() seen[#seen + 1] = "closed" end })
      socket:send "hello\n"
      local ok, err = pcall(async.sleep, 1e9)
      seen[#seen + 1] = ok or err.code .. ": " .. tostring(err.cause)
      seen[#seen + 1] = select(2, pcall(socket.receive, socket)).code -- for good
      error(err, 0)
    end)
    server:on("taskError", helper.never "taskError")
    local client = connect(server)
    assert.equal("hello", client:receive "l")
    return client
  end
  local cancelled = { "ECANCELED: the server was closed", "ECANCELED", "closed" }

  it("cancels what is left by close { force = true }", function()
    task(function()
      local server, seen = listen(), {}
      local client = stubborn(server, seen)
      server:close { force = true }
      assert.is_nil(client:receive())
      client:destroy()
      server:wait "close"
      assert.same(cancelled, seen)
      assert.equal(1, #async.tasks())
    end)
  end)

  it("cancels what is left by closeAll(graceMs), when that time is over", function()
    task(function()
      local server, seen, ended = listen(), {}, nil
      server:serve(function(socket) ended = socket:receive "l" end)
      server:removeAllListeners "connection" -- of this one; below comes another
      local client = stubborn(server, seen)
      server:closeAll(30)
      async.sleep(1)
      assert.same({}, seen)
      assert.is_nil(client:receive())
      client:destroy()
      server:wait "close"
      assert.same(cancelled, seen)
      assert.is_nil(ended)
    end)
  end)

  it("needs no grace time when the handlers end by themselves", function()
    task(function()
      local server = listen():serve(function(socket) socket:send(socket:receive "l" .. "\n") end)
      local client = connect(server)
      server:closeAll(1e8)
      client:send "in time\n"
      assert.equal("in time\n", client:receive "a")
      client:finish()
      server:wait "close" -- and no timer is left: the run would take its time
    end)
  end)

  it("lets a handler close its own server", function()
    task(function()
      local server, after = listen(), nil
      server:serve(function(socket)
        server:close { force = true }
        local ok, err = pcall(socket.receive, socket)
        after = ok or err.code
      end)
      local client = connect(server)
      assert.is_nil((client:receive()))
      client:destroy()
      server:wait "close"
      assert.equal("ECANCELED", after)
    end)
  end)

  it("forgets a connection that ends while its handler is elsewhere: the next verb tells", function()
    task(function()
      local server, told = listen(), async.queue()
      server:serve(function(socket)
        socket:send(socket:receive "l" .. "\n")
        socket:receive "l"
        local _, err = socket:receive(1000)
        told:put(err.code)
      end)
      local client = connect(server)
      client:send "x\n"
      client:receive "l"
      client:resetAndDestroy()
      assert.equal("ECONNRESET", told:get())
      server:close()
    end)
  end)

  it("runs tasks that can be joined and cancelled as any other", function()
    task(function()
      local server, told = listen(), {}
      server:on("taskError", function(err) told[#told + 1] = err end)
      local tasks = {}
      server:serve(function(socket)
        tasks[#tasks + 1] = async.current()
        local line = socket:receive "l"
        if line == "fail" then error("failed", 0) end
        return line
      end)
      local clients = {}
      for i = 1, 3 do clients[i] = connect(server) end
      until_true(function() return #tasks == 3 end)
      local joins = {}
      for i = 1, 3 do joins[i] = async.spawn(function() return tasks[i]:join() end) end
      clients[1]:send "good\n"
      clients[2]:send "fail\n"
      tasks[3]:cancel()
      assert.equal("good", joins[1]:join())
      assert.equal("failed", select(2, joins[2]:join()))
      is("ECANCELED", joins[3]:join())
      assert.same({ "failed" }, told)
      assert.same({ "done", "failed", "cancelled" }, { tasks[1].status, tasks[2].status, tasks[3].status })
      for i = 1, 3 do clients[i]:destroy() end
      server:close()
    end)
  end)

  it("wants a function", function()
    local server = net.createServer()
    for _, wrong in ipairs { 1, "x", {}, true } do raises("ERR_INVALID_ARG_TYPE", server.serve, server, wrong) end
    raises("ERR_INVALID_ARG_TYPE", server.serve, server)
    raises("ERR_INVALID_THIS", server.serve, io.stdout, print)
    assert.equal(server, server:serve(setmetatable({}, { __call = print })))
  end)
end)

describe("server:accept", function()
  it("serves those that ask in order, and gives nil to all when the server is closed", function()
    task(function()
      local server, order = listen(), {}
      local askers = {}
      for i = 1, 4 do
        askers[i] = async.spawn(function()
          local socket = server:accept()
          order[#order + 1] = i
          return socket
        end)
      end
      local first, second = connect(server), connect(server)
      local one, two = askers[1]:join(), askers[2]:join()
      first:send "1"
      second:send "2"
      assert.equal("1", one:receive())
      assert.equal("2", two:receive())
      assert.is_true(one.allowHalfOpen)
      askers[3]:cancel()
      is("ECANCELED", askers[3]:join())
      server:close() -- and connections are left: nothing can come all the same
      assert.same({ n = 1 }, table.pack(askers[4]:join()))
      assert.same({ n = 1 }, table.pack(server:accept()))
      assert.same({ 1, 2, 4 }, order)
      for _, socket in ipairs { first, second, one, two } do socket:destroy() end
      for _ in server:connections() do error "a connection" end
    end)
  end)

  it("gives a connection to the next one when a task is cancelled before its turn", function()
    task(function()
      local server = listen()
      local victim = async.spawn(server.accept, server)
      local heir = async.spawn(server.accept, server)
      server:once("connection", function() -- after the listener that has woken it
        assert.equal("ready", victim.status)
        victim:cancel()
      end)
      local client = connect(server)
      is("ECANCELED", victim:join())
      local socket = heir:join()
      client:send "x"
      assert.equal("x", socket:receive())
      client:destroy()
      socket:destroy()
      server:close()
    end)
  end)

  it("gives who came first what came first, also when another asks in between", function()
    task(function()
      local server = listen()
      local first = async.spawn(server.accept, server)
      local barging
      server:once("connection", function() barging = async.spawn(server.accept, server) end)
      local client = connect(server)
      local socket = first:join()
      assert.equal("waiting", barging.status)
      server:close()
      assert.is_nil(barging:join())
      client:destroy()
      socket:destroy()
    end)
  end)

  it("has a limit, and what comes later is for the next one", function()
    task(function()
      local server = listen()
      is("ETIMEDOUT", server:accept(1))
      is("ETIMEDOUT", server:accept { timeout = 1 })
      is("ABORT_ERR", server:accept { signal = AbortSignal.abort() })
      for _ in server:connections(1) do error "a connection" end
      local client = connect(server)
      until_true(function() return server.connectionCount == 1 end)
      local socket = server:accept(0)
      client:destroy()
      socket:destroy()
      for _, wrong in ipairs { -1, "1", true, { timeout = "1" } } do
        assert.is_false(pcall(server.accept, server, wrong))
        assert.is_false(pcall(function() for _ in server:connections(wrong) do break end end)) -- luacheck: ignore 512
      end
      server:close()
    end)
  end)

  it("gives what came before anybody asked, and may wait for a server that does not listen yet", function()
    task(function()
      local server = net.createServer()
      local asker = async.spawn(server.accept, server)
      async.sleep(1)
      assert.equal("waiting", asker.status)
      server:listen(0, "127.0.0.1")
      local one = connect(server)
      local first = asker:join()
      server:close()
      assert.is_nil(server:accept())
      server:listen(0, "127.0.0.1")
      local two = connect(server)
      local second = server:accept()
      assert.is_true(server.listening)
      for _, socket in ipairs { one, two, first, second } do socket:destroy() end
      server:close()

      local early = listen()
      local client = connect(early)
      until_true(function() return early.connectionCount == 1 end)
      local socket = early:accept()
      client:send "x"
      assert.equal("x", socket:receive())
      client:destroy()
      socket:destroy()
      early:close()
      local closed = net.createServer():listen(0, "127.0.0.1"):close()
      assert.is_nil(closed:accept())
    end)
  end)

  it("leaves connections with the kernel while 64 are not taken", function()
    task(function()
      local server = listen()
      is("ETIMEDOUT", server:accept(0))
      local clients, taken = {}, {}
      for i = 1, 100 do clients[i] = connect(server) end
      async.sleep(20)
      assert.equal(64, server.connectionCount)
      for socket in server:connections(5000) do
        taken[#taken + 1] = socket
        if #taken == 100 then break end
      end
      assert.equal(100, #taken)
      for i = 1, 100 do
        clients[i]:destroy()
        taken[i]:destroy()
      end
      for i = 1, 64 do clients[i] = connect(server) end
      until_true(function() return server.connectionCount == 64 end)
      server:closeAll() -- while it is paused
      for i = 1, 64 do
        assert.is_true(server:accept().destroyed)
        clients[i]:destroy()
      end
      assert.is_nil(server:accept())
      server:listen(0, "127.0.0.1") -- and accepts again
      local client = connect(server)
      assert(server:accept()):destroy()
      client:destroy()
      server:close()
    end)
  end)

  it("keeps an error for the next one", function()
    task(function()
      local first = listen()
      local second = net.createServer():listen(first:address().port, "127.0.0.1")
      is("EADDRINUSE", second:accept(1000))
      first:close()
      second:listen(0, "127.0.0.1")
      is("ETIMEDOUT", second:accept(1))
      second:emit("error", Error "mine") -- nobody is there
      for _ in second:connections() do error "a connection" end -- leaves it to the next verb
      assert.equal("mine", select(2, second:accept()).message)
      second:close()
    end)
  end)

  it("tells that no descriptor is left, and goes on when there is one", function()
    local result = helper.script([[
      local net, async = require "net", require "async"
      local server = net.createServer():listen(0, "127.0.0.1")
      local port, clients = server:wait "listening":address().port, {}
      for i = 1, 25 do clients[i] = net.connect(port, "127.0.0.1") end
      local taken = {}
      local socket, err
      repeat
        socket, err = server:accept(5000)
        taken[#taken + 1] = socket
      until not socket
      print(#taken > 0 and #taken < 25, err.code, err.syscall)
      for _, one in ipairs(taken) do one:destroy() end
      for n = #taken + 1, 25 do
        repeat socket, err = server:accept(5000) until socket or err.code ~= "EMFILE"
        assert(socket, err):destroy()
      end
      print "all"
      for _, client in ipairs(clients) do client:destroy() end
      server:close()]], { before = "ulimit -n 48;" })
    assert.same({ "true\tEMFILE\taccept\nall\n", 0 }, { result.out, result.code }, result.err)
  end)

  it("goes beside listeners of 'connection' and serve", function()
    task(function()
      local server, listened = listen(), 0
      server:on("connection", function() listened = listened + 1 end)
      local asker = async.spawn(server.accept, server)
      local client = connect(server)
      asker:join():destroy()
      assert.equal(1, listened)
      client:destroy()
      server:close()
      raises("ERR_INVALID_THIS", server.accept, io.stdout)
      raises("ERR_INVALID_THIS", server.connections, client)
    end)
  end)
end)
