-- server_spec.lua - class Server where Node's example ends: wrong arguments and what they leave behind, the files of
-- Unix sockets, limits, descriptors that run out, and what we do otherwise on purpose. As in Node: spec/parity.
local net = require "net"
local helper = require "spec.helper"
local core = require "moonport.core"
local run, must, never, raises, reach = helper.run, helper.must, helper.never, helper.raises, helper.reach
local nan = 0 / 0

-- Fails when a function changes the table of options it is given.
local function unchanged(options, f)
  local before = {}
  for key, value in pairs(options) do before[key] = value end
  local guarded = setmetatable({}, {
    __index = options,
    __newindex = function(_, key) error("option changed: " .. tostring(key)) end,
    __pairs = function() return pairs(options) end,
  })
  local result = f(options)
  assert.same(before, options)
  f(guarded)
  return result
end

describe("Server:listen", function()
  it("raises for wrong arguments and leaves nothing half made", function()
    local server = net.createServer()
    local function rejects(code, ...)
      local given = table.pack(...)
      given.n = given.n + 1
      given[given.n] = never "listening"
      raises(code, server.listen, server, table.unpack(given, 1, given.n))
      assert.is_false(server.listening)
      assert.is_nil(server:address())
      assert.same({}, server:eventNames(), "left by " .. require "util".inspect { ... })
    end
    for _, port in ipairs { nan, 1e300, -1, 65536, 1.5, "65536", "-1", math.huge, -math.huge, math.maxinteger } do
      rejects("ERR_SOCKET_BAD_PORT", type(port) == "string" and { port = port } or port)
      rejects("ERR_SOCKET_BAD_PORT", { port = port })
    end
    for _, port in ipairs { true, {}, print } do rejects("ERR_INVALID_ARG_VALUE", { port = port }) end
    rejects("ERR_INVALID_ARG_VALUE", {})
    rejects("ERR_INVALID_ARG_VALUE", { path = "" })
    rejects("ERR_INVALID_ARG_VALUE", { path = 5 })
    rejects("ERR_INVALID_ARG_VALUE", "/tmp/hidden\0nul")
    rejects("ERR_INVALID_ARG_VALUE", { path = "a\0" })
    rejects("ERR_INVALID_ARG_VALUE", 0, "127.0.0.1\0")
    rejects("ERR_INVALID_ARG_VALUE", { port = 0, host = "local\0host" })
    rejects("ERR_INVALID_ARG_TYPE", { port = 0, host = 5 })
    rejects("ERR_INVALID_ARG_TYPE", { port = 0, backlog = "many" })
    rejects("ERR_OUT_OF_RANGE", { port = 0, backlog = nan })
    rejects("ERR_OUT_OF_RANGE", { port = 0, backlog = 1e300 })
    rejects("ERR_INVALID_ARG_TYPE", { port = 0, signal = {} })
    rejects("ERR_INVALID_ARG_VALUE", net.Socket())
    rejects("ERR_INVALID_ARG_VALUE", net.createServer())
    run(function() server:listen({ port = 0, host = "127.0.0.1" }, must(function() server:close() end)) end)
  end)

  it("takes integral floats and decimal strings, binds literals at once and tells it by tick", function()
    run(function()
      for _, port in ipairs { 0, 0.0, "0" } do
        for _, host in ipairs { "127.0.0.1", "::1", "0.0.0.0", "::" } do
          local returned
          local server = net.createServer()
          server:listen(port, host, 5, must(function()
            assert.is_true(returned)
            server:close()
          end))
          returned = true
          assert.is_true(server.listening)
          assert.equal(host, server:address().address)
          assert.equal("integer", math.type(server:address().port))
        end
      end
    end)
  end)

  it("does not change its options, nor do createServer, Socket and connect", function()
    run(function()
      unchanged({ allowHalfOpen = true, pauseOnConnect = true, noDelay = true, keepAlive = true,
        keepAliveInitialDelay = 1000, highWaterMark = 1000 }, net.createServer)
      local server
      unchanged({ port = "0", host = "localhost", backlog = 5, exclusive = true }, function(options)
        server = net.createServer():listen(options, must(function() end)):once("listening", function() end)
      end)
      local path = { path = helper.path(), readableAll = true }
      server = net.createServer():listen(path)
      assert.same({ path = server:address(), readableAll = true }, path)
      unchanged({ path = path.path, timeout = 1000, noDelay = true }, function(options)
        net.connect(options, must()):destroySoon()
      end)
      unchanged({ allowHalfOpen = true, highWaterMark = 5 }, net.Socket)
      setTimeout(function()
        for _, entry in ipairs(core.process.handles()) do
          if entry[1].closeAll then entry[1]:closeAll() end
        end
      end, 20)
    end)
  end)

  it("twice raises and goes on serving", function()
    run(function()
      local server
      server = net.createServer(must(function(peer)
        peer:finish()
        server:close()
      end)):listen(0, "127.0.0.1")
      local address = server:address()
      raises("ERR_SERVER_ALREADY_LISTEN", server.listen, server, 0, never "listening")
      raises("ERR_SERVER_ALREADY_LISTEN", server.listen, server, helper.path())
      assert.same(address, server:address())
      net.connect(reach(server)):resume()
    end)
  end)

  it("works again after every close, also a hundred times and in 'close'", function()
    run(function()
      local rounds, server = 0, net.createServer(function(peer) peer:finish() end)
      server:on("close", must(function()
        rounds = rounds + 1
        if rounds == 100 then return end
        server:listen(helper.transports[rounds % 4 + 1].where(), function()
          net.connect(reach(server)):resume():on("end", function() server:close() end)
        end)
      end, 100))
      server:listen(0, "127.0.0.1"):close()
    end)
  end)

  it("by a name that close() overtakes never listens", function()
    run(function()
      local server = net.createServer()
      server:listen(0, "localhost", never "listening"):close(must())
      server:on("error", never "error")
    end)
  end)

  it("takes over the descriptor of another server, which stops", function()
    run(function()
      local first = net.createServer(never "connection"):listen(0, "127.0.0.1")
      local where, second = reach(first)
      second = net.createServer(must(function(peer)
        peer:finish()
        second:close()
      end))
      second:listen(first, must(function()
        assert.is_false(first.listening)
        assert.equal(where.port, second:address().port)
        net.connect(where):resume()
      end))
    end)
  end)

  it("refuses a descriptor that is none, or in use here, which serves on", function()
    run(function()
      local first
      first = net.createServer(must(function(peer)
        peer:finish()
        first:close()
      end)):listen(0, "127.0.0.1")
      for fd, code in pairs { [999999] = "EINVAL", [0] = "EINVAL", [first.fd] = "EEXIST" } do
        net.createServer():listen({ fd = fd }, never "listening"):on("error", must(function(err)
          assert.same({ code, "listen" }, { err.code, err.syscall })
        end))
      end
      setTimeout(function() net.connect(reach(first)):resume() end, 5)
    end)
  end)

  it("gives errors with every field, the line that made the server, and for a path no port", function()
    run(function()
      local first = net.createServer():listen(0, "127.0.0.1")
      local port = first:address().port
      local line = debug.getinfo(1, "l").currentline + 1
      local second = net.createServer()
      second:listen(port, "127.0.0.1", never "listening"):on("error", must(function(err)
        assert.same({ "EADDRINUSE", "listen", "127.0.0.1", port }, { err.code, err.syscall, err.address, err.port })
        assert.is_true(err.errno < 0)
        assert.truthy(err.where:find("server_spec%.lua:" .. line .. "$"), err.where)
        assert.is_false(second.listening)
        first:close()
      end))
      local path = "/nowhere/at/all"
      net.createServer():listen(path):on("error", must(function(err)
        assert.same({ "EACCES", "listen", path }, { err.code, err.syscall, err.address })
        assert.is_nil(err.port)
        assert.is_nil(err.message:find("-1", 1, true))
      end))
    end)
  end)
end)

describe("The file of a Unix server", function()
  it("may have a path of 107 bytes; one of 108 is an error", function()
    run(function()
      local base = helper.path "-"
      for _, size in ipairs { 107, 108, 200 } do
        local path = base .. ("%d"):format(size):rep(100):sub(1, size - #base)
        local server = net.createServer(function(peer) peer:finish() end)
        if size == 107 then
          server:listen(path, must(function()
            assert.equal(path, server:address())
            assert.is_true(helper.exists(path))
            net.connect(path):resume():on("end", must(function() server:close() end))
          end))
        else
          server:listen(path, never "listening"):on("error", must(function(err)
            assert.equal("ENAMETOOLONG", err.code)
            assert.is_false(helper.exists(path:sub(1, 107)))
          end))
          raises("ERR_INVALID_ARG_VALUE", net.connect, path)
        end
      end
    end)
  end)

  it("goes at once with close(), and only if it is still ours", function()
    run(function()
      local path = helper.path ".sock"
      local server = net.createServer():listen(path)
      assert.is_true(helper.exists(path))
      server:close()
      assert.is_false(helper.exists(path))

      server = net.createServer():listen(path)
      os.remove(path)
      helper.write_file(path, "foreign")
      server:close()
      assert.equal("foreign", helper.read_file(path))

      local late = net.createServer():listen(path)
      late:on("listening", never "listening"):on("error", must(function(err)
        assert.equal("EADDRINUSE", err.code)
        assert.equal("foreign", helper.read_file(path))
        late:close()
        assert.equal("foreign", helper.read_file(path))
        os.remove(path)
        local old = net.createServer():listen(path)
        os.remove(path)
        local new = net.createServer(must(function(peer) peer:finish() end)):listen(path)
        old:close() -- the overlap of a restart
        net.connect(path):resume():on("end", must(function() new:close() end))
      end))
    end)
  end)

  it("has the mode that readableAll and writableAll ask for", function()
    run(function()
      for want, options in pairs { ["rw-"] = { readableAll = true, writableAll = true }, ["-w-"] = { writableAll = true } } do
        options.path = helper.path()
        local old = io.popen("umask"):read "l"
        local server = net.createServer():listen(options)
        local mode = io.popen(("stat -c %%A '%s'"):format(options.path)):read "l"
        assert.is_true(mode:sub(8, 9):find(want:sub(2, 2), 1, true) ~= nil, mode .. " with umask " .. old)
        if want == "rw-" then assert.equal("rw", mode:sub(8, 9)) end
        server:close()
      end
    end)
  end)
end)

describe("Server:close", function()
  it("tells 'close' once, however often it is called", function()
    run(function()
      local server = net.createServer():listen(0, "127.0.0.1")
      server:on("close", must(function(...) assert.equal(0, select("#", ...)) end))
      server:close(must(function(err) assert.is_nil(err) end))
      server:close(must(function(err) assert.equal("ERR_SERVER_NOT_RUNNING", err.code) end))
      server:close()
    end)
  end)

  -- how -> call; after it the connection that nobody ends is destroyed
  for how, call in pairs {
    ["{ force = true }"] = function(server, done) server:close({ force = true }, done) end,
    ["closeAll()"] = function(server, done) server:on("close", done):closeAll() end,
    ["closeAll(ms)"] = function(server, done) server:on("close", done):closeAll(10) end,
  } do
    it("by " .. how .. " ends the connections that are left", function()
      run(function()
        local server, quick
        server = net.createServer(function(peer)
          peer:on("close", must(function(had_error) assert.is_false(had_error) end)):resume()
          if not quick then
            quick = peer
            return
          end
          local started = process.hrtime.bigint()
          call(server, must(function()
            assert.is_true(peer.destroyed and quick.destroyed)
            if how == "closeAll(ms)" then assert.is_true(process.hrtime.bigint() - started >= 9e6) end
            server:getConnections(must(function(_, n) assert.equal(0, n) end))
          end))
          assert.is_false(server.listening)
          assert.equal(how ~= "closeAll(ms)", peer.destroyed)
        end):listen(0, "127.0.0.1")
        for _ = 1, 2 do net.connect(reach(server)):on("close", must()):resume() end
      end)
    end)
  end

  it("checks closeAll's time", function()
    for _, wrong in ipairs { "5", {}, true, -1, nan } do
      assert.has_error(function() net.createServer():closeAll(wrong) end)
    end
  end)
end)

describe("Server.maxConnections", function()
  for _, transport in ipairs { helper.transports[1], helper.transports[3] } do
    it("of 0 drops every connection over " .. transport.name .. ", nil takes all again", function()
      run(function()
        local server = net.createServer():listen(transport.where())
        server.maxConnections = 0
        server:once("connection", must(function(peer)
          peer:finish()
          server:close()
        end))
        server:once("drop", must(function(info)
          if transport.tcp then
            assert.same({ "127.0.0.1", "IPv4", server:address().port },
              { info.remoteAddress, info.localFamily, info.localPort })
          else
            assert.is_nil(info)
          end
          server.maxConnections = nil
          assert.is_nil(server.maxConnections)
          net.connect(reach(server)):resume()
        end))
        net.connect(reach(server)):on("error", function() end):on("close", must()):resume()
      end)
    end)
  end

  it("takes numbers that make sense", function()
    local server = net.createServer()
    for _, wrong in ipairs { nan, -1, "5", {}, true, -math.huge } do
      assert.has_error(function() server.maxConnections = wrong end)
      assert.is_nil(server.maxConnections)
    end
    server.maxConnections = 5.0
    assert.equal(5, server.maxConnections)
  end)
end)

describe("A signal given to listen()", function()
  it("closes the server, and is not listened to afterwards", function()
    run(function()
      local controller = AbortController()
      local server = net.createServer():listen { port = 0, host = "127.0.0.1", signal = controller.signal }
      assert.equal(1, controller.signal:listenerCount "abort")
      server:close(must(function()
        assert.equal(0, controller.signal:listenerCount "abort")
        server:listen({ port = 0, host = "127.0.0.1", signal = controller.signal }, must(function() controller:abort() end))
        server:once("close", must(function() assert.is_false(server.listening) end))
      end))
      net.createServer():listen({ path = helper.path(), signal = AbortSignal.abort() }):on("close", must())
    end)
  end)
end)

describe("A Server that cannot accept", function()
  it("for want of descriptors says so once, lets timers run, and serves again when there are some", function()
    local file = helper.write_file(helper.path ".lua", [[
      local errors, served, ticks = {}, 0, 0
      setInterval(function() ticks = ticks + 1 end, 5):unref()
      local server
      server = require "net".createServer(function(peer)
        served = served + 1
        peer:on("error", function() end):on("data", function()
          peer:finish(("%s, served %d, ticks %s"):format(table.concat(errors, " "), served, ticks > 20))
          server:close()
        end)
      end):listen(0, "127.0.0.1", function() print(server:address().port) io.flush() end)
      server:on("error", function(err)
        errors[#errors + 1] = err.syscall .. " " .. err.code
        ticks = 0
      end)
    ]])
    local pipe = io.popen(("ulimit -n 40; exec timeout 20 '%s' '%s'"):format(helper.moonport, file))
    local where = { host = "127.0.0.1", port = pipe:read "n" }
    run(function()
      local clients = {}
      for i = 1, 60 do clients[i] = net.connect(where, must()):resume() end
      setTimeout(function()
        for _, client in ipairs(clients) do client:destroy() end
        helper.collect(net.connect(where), function(got) assert.equal("accept EMFILE, served 61, ticks true", got) end):write "?"
      end, 300)
    end)
    local _, how, code = pipe:close()
    assert.same({ "exit", 0 }, { how, code })
  end)
end)

describe("A Server", function()
  it("gives its sockets the line of the listen() call", function()
    run(function()
      local server = net.createServer()
      local line = debug.getinfo(1, "l").currentline + 1
      server:listen(0, "127.0.0.1")
      server:on("connection", must(function(peer)
        assert.equal(server, peer.server)
        peer:on("error", must(function(err)
          assert.equal("ECONNRESET", err.code)
          assert.truthy(err.where:find("server_spec%.lua:" .. line .. "$"), err.where)
          server:close()
        end))
      end))
      local client = net.connect(reach(server))
      client:on("connect", function() setTimeout(function() client:resetAndDestroy() end, 5) end)
    end)
  end)

  it("shows what it is", function()
    run(function()
      local server = net.createServer()
      assert.equal("Server", tostring(server))
      server:listen(0, "127.0.0.1")
      assert.equal("Server 127.0.0.1:" .. server:address().port, tostring(server))
      local util = require "util"
      assert.truthy(util.inspect(server):find "^Server { listening: ")
      server:close()
      local path = helper.path()
      server:listen(path)
      assert.equal("Server " .. path, tostring(server))
      server:close()
    end)
  end)

  it("counts its connections exactly", function()
    run(function()
      local server, peers = nil, {}
      server = net.createServer(must(function(peer)
        peers[#peers + 1] = peer:resume()
        assert.equal(#peers, server.connections)
        if #peers < 3 then return end
        peers[1]:destroy()
        assert.equal(2, server.connections)
        peers[1]:destroy()
        assert.equal(2, server.connections)
        server:getConnections(must(function(err, n)
          assert.is_nil(err)
          assert.equal(2, n)
          server:closeAll()
          assert.equal(0, server.connections)
        end))
      end, 3)):listen(0, "127.0.0.1")
      for _ = 1, 3 do net.connect(reach(server)):resume() end
    end)
  end)

  it("passes no descriptor on to children", function()
    run(function()
      local function inherited() return io.popen "ls /proc/self/fd":read "a" end
      local server
      local before = inherited()
      server = net.createServer(must(function(peer)
        assert.equal(before, inherited())
        peer:finish()
        server:close()
      end)):listen(0, "127.0.0.1")
      net.createServer():listen(helper.path()):on("listening", function() end):close()
      net.connect(reach(server)):resume()
    end)
  end)
end)
