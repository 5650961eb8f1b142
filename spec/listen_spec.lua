-- listen_spec.lua - Server:listen() where Node's example ends: wrong arguments and what they leave behind, options, errors,
-- and the files of Unix sockets. What listens is server_spec's. As in Node: spec/parity/listen_*.
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

  it("gives errors with every field, the line that called it, also of a name, and for a path no port", function()
    run(function()
      local first = net.createServer():listen(0, "127.0.0.1")
      local port = first:address().port
      local second = net.createServer()
      local line = debug.getinfo(1, "l").currentline + 1
      second:listen(port, "127.0.0.1", never "listening"):on("error", must(function(err)
        assert.same({ "EADDRINUSE", "listen", "127.0.0.1", port }, { err.code, err.syscall, err.address, err.port })
        assert.is_true(err.errno < 0)
        assert.truthy(err.where:find("listen_spec%.lua:" .. line .. "$"), err.where)
        assert.is_false(second.listening)
        first:close()
      end))
      local lookup = debug.getinfo(1, "l").currentline + 1
      net.createServer():listen(0, "no-host.invalid"):on("error", must(function(err)
        assert.equal("getaddrinfo", err.syscall)
        assert.truthy(err.where:find("listen_spec%.lua:" .. lookup .. "$"), err.where)
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

describe("An error of listen that nobody takes", function()
  it("is told with the line that called it, without the runtime's own lines", function()
    for argument, code in pairs { ['80, "no such host"'] = "ENOTFOUND", ["8124, '203.0.113.1'"] = "EADDRNOTAVAIL" } do
      local result = helper.script(("local server = require 'net'.createServer()\nserver:listen(%s)"):format(argument))
      assert.equal(1, result.code)
      local call = code == "EADDRNOTAVAIL" and " %(net%.Server:listen%)" or ""
      assert.matches(("^moonport: Error %%[%s%%]: [^\n]*\n    at [^\n]*%%.lua:2%s\n    { [^\n]* }\n$"):format(code, call),
        result.err)
    end
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
