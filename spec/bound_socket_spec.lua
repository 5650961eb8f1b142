-- bound_socket_spec.lua - net.BoundSocket: a port or a path that is reserved at once, listened on or connected with
-- later. Node 20 has none: reference is Node 26's documentation.
local net = require "net"
local helper = require "spec.helper"
local run, must, never, raises = helper.run, helper.must, helper.never, helper.raises

local function closed_port()
  local bound = net.BoundSocket { host = "127.0.0.1" }
  local port = bound:address().port
  bound:close()
  return port
end

-- kind -> options of a BoundSocket, what connects to it, whether its address() is a path
local kinds = {
  TCP = function() return { host = "127.0.0.1" } end,
  ["TCP over IPv6"] = function() return { host = "::1" } end,
  ["a Unix socket"] = function() return { path = helper.path ".sock" } end,
  ["an abstract Unix socket"] = function() return { path = "\0" .. helper.path() } end,
}

local function reach(address)
  return type(address) == "string" and { path = address } or { host = address.address, port = address.port }
end

describe("net.BoundSocket", function()
  for kind, options in pairs(kinds) do
    it("binds now, and becomes a server: " .. kind, function()
      run(function()
        local given = options()
        local bound = net.BoundSocket(given)
        local address = bound:address()
        assert.equal(given.path ~= nil, bound.isPipe)
        assert.equal("integer", math.type(bound:fd()))
        if given.path then
          assert.equal(given.path, address)
        else
          assert.same({ given.host, true }, { address.address, address.port > 0 })
        end
        local server
        server = net.createServer(must(function(peer)
          peer:finish "hello"
          server:close()
        end)):listen(bound, must(function() assert.is_true(server.listening) end))
        assert.is_true(server.listening)
        assert.same(address, server:address())
        for _, method in ipairs { "address", "fd", "close" } do raises("ERR_SOCKET_HANDLE_ADOPTED", bound[method], bound) end
        raises("ERR_SOCKET_HANDLE_ADOPTED", net.Socket, { handle = bound })
        local other = net.createServer()
        raises("ERR_SOCKET_HANDLE_ADOPTED", other.listen, other, bound, never "listening")
        assert.same({}, other:eventNames())
        helper.collect(net.connect(reach(address)), function(got)
          assert.equal("hello", got)
          if given.path then assert.is_false(helper.exists(given.path)) end
        end)
      end)
    end)

    it("keeps others out while it is there, and gives the place back: " .. kind, function()
      run(function()
        local given = options()
        local bound = net.BoundSocket(given)
        if not given.path then given.port = bound:address().port end
        local err = raises("EADDRINUSE", net.BoundSocket, given)
        assert.equal("bind", err.syscall)
        assert.equal(given.path or given.host, err.address)
        local server = net.createServer()
        server:listen(given):on("error", must(function(failed)
          assert.equal("EADDRINUSE", failed.code)
          bound:close()
          bound:close()
          for _, method in ipairs { "address", "fd" } do raises("ERR_SOCKET_CLOSED", bound[method], bound) end
          raises("ERR_SOCKET_CLOSED", net.Socket, { handle = bound })
          if given.path then assert.is_false(helper.exists(given.path)) end
          server:listen(given, must(function() server:close() end))
        end))
      end)
    end)
  end

  it("leaves its path to the server", function()
    run(function()
      local path = helper.path ".sock"
      local server = net.createServer()
      local function listen() server:listen(net.BoundSocket { path = path }) end
      listen()
      collectgarbage()
      collectgarbage()
      assert.is_true(helper.exists(path))
      server:close()
      assert.is_false(helper.exists(path))
    end)
  end)

  it("connects from where it is bound, and knows it at once", function()
    run(function()
      local bound = net.BoundSocket { host = "127.0.0.2" }
      local port = bound:address().port
      local server
      server = net.createServer(must(function(peer)
        assert.same({ "127.0.0.2", port }, { peer.remoteAddress, peer.remotePort })
        peer:destroy()
        server:close()
      end)):listen(0, "127.0.0.1")
      local socket = net.Socket { handle = bound }
      raises("ERR_SOCKET_HANDLE_ADOPTED", bound.address, bound)
      assert.is_false(socket.connecting)
      socket:connect(server:address().port, "127.0.0.1", must(function()
        assert.same({ "127.0.0.2", port }, { socket.localAddress, socket.localPort })
      end))
      assert.same({ true, "127.0.0.2", port }, { socket.connecting, socket.localAddress, socket.localPort })
      socket:resume()
    end)
  end)

  it("connects to names of its own family, by net.connect as well", function()
    run(function()
      local server
      server = net.createServer(must(function(peer)
        assert.equal("127.0.0.2", peer.remoteAddress)
        peer:destroy()
        server:close()
      end)):listen(0, "127.0.0.1")
      net.connect { handle = net.BoundSocket { host = "127.0.0.2" }, host = "x.example", port = server:address().port,
        lookup = must(function(_, options, callback)
          assert.equal(4, options.family)
          process.nextTick(callback, nil, "127.0.0.1", 4)
        end) }:resume()
    end)
  end)

  it("connects to a path from a path, which goes with the socket", function()
    run(function()
      local path = helper.path ".sock"
      local server
      server = net.createServer(must(function(peer)
        assert.is_true(helper.exists(path))
        peer:destroy()
        server:close()
      end)):listen(helper.path ".sock")
      local socket = net.Socket { handle = net.BoundSocket { path = path } }
      socket:connect(server:address()):resume():on("close", must(function() assert.is_false(helper.exists(path)) end))
    end)
  end)

  it("gives the place back when the socket is given up, or does not connect", function()
    run(function()
      local function adopt()
        local bound = net.BoundSocket { host = "127.0.0.1" }
        local place = { host = "127.0.0.1", port = bound:address().port }
        return net.Socket { handle = bound }, place
      end
      local unused, first = adopt()
      unused:destroy():on("close", must(function() net.BoundSocket(first):close() end))
      local refused, second = adopt()
      refused:connect(closed_port(), "127.0.0.1"):on("error", must(function(err)
        assert.equal("ECONNREFUSED", err.code)
      end)):on("close", must(function() net.BoundSocket(second):close() end))
      local waiting, third = adopt()
      waiting:connect { host = "x.example", port = 1, lookup = function() end }
      setImmediate(function() waiting:destroy() end)
      waiting:on("close", must(function() net.BoundSocket(third):close() end))
      local wrong, fourth = adopt() -- the address is of another family: connect(2) says so
      wrong:connect(1, "::1"):on("error", must(function(err) assert.equal("connect", err.syscall) end))
      wrong:on("close", must(function() net.BoundSocket(fourth):close() end))
    end)
  end)

  it("connects once with it, then as any other socket", function()
    run(function()
      local server, peers = nil, {}
      server = net.createServer(function(peer)
        peers[#peers + 1] = peer.remoteAddress
        peer:destroy()
        if #peers == 2 then server:close() end
      end):listen(0, "127.0.0.1")
      local port = server:address().port
      local socket = net.Socket { handle = net.BoundSocket { host = "127.0.0.3" } }
      socket:connect(port, "127.0.0.1"):resume()
      socket:once("close", must(function()
        socket:connect(port, "127.0.0.1"):resume()
        socket:once("close", must(function() assert.same({ "127.0.0.3", "127.0.0.1" }, peers) end))
      end))
    end)
  end)

  it("refuses to connect in another way than it is bound", function()
    local tcp = net.Socket { handle = net.BoundSocket { host = "127.0.0.1" } }
    local unix = net.Socket { handle = net.BoundSocket { path = helper.path ".sock" } }
    raises("ERR_INVALID_ARG_VALUE", tcp.connect, tcp, { path = "/x" })
    raises("ERR_INVALID_ARG_VALUE", unix.connect, unix, { port = 1 })
    raises("ERR_INVALID_ARG_VALUE", tcp.connect, tcp, { port = 1, localAddress = "127.0.0.2" })
    raises("ERR_INVALID_ARG_VALUE", tcp.connect, tcp, { port = 1, localPort = 5 })
    assert.is_false(tcp.connecting or unix.connecting)
    run(function()
      tcp:destroy()
      unix:destroy()
    end)
  end)

  it("is listened on by options, with a backlog", function()
    run(function()
      local function by_options(bound) return { handle = bound, backlog = 5 } end
      for _, shape in ipairs { function(bound) return bound, 5 end, by_options } do
        local server = net.createServer()
        server:listen(shape(net.BoundSocket { host = "127.0.0.1" }))
        server:on("listening", must(function() server:close() end))
      end
      for _, handle in ipairs { 5, "x", true, net.BlockList() } do
        local server = net.createServer()
        raises("ERR_INVALID_ARG_VALUE", server.listen, server, { handle = handle })
      end
      raises("ERR_INVALID_ARG_TYPE", net.Socket, { handle = {} })
      raises("ERR_INVALID_ARG_TYPE", net.Socket, { handle = net.createServer() })
    end)
  end)

  it("takes every address where no host is given, IPv4's unless it is of IPv6 only", function()
    local bound <close> = net.BoundSocket()
    assert.equal("0.0.0.0", bound:address().address)
    local six <close> = net.BoundSocket { ipv6Only = true }
    assert.equal("::", six:address().address)
    local four <close> = net.BoundSocket { port = six:address().port } -- IPv4 is free
    assert.equal(six:address().port, four:address().port)
  end)

  it("shares a port by reusePort", function()
    local first <close> = net.BoundSocket { host = "127.0.0.1", reusePort = true }
    local second <close> = net.BoundSocket { host = "127.0.0.1", port = first:address().port, reusePort = true }
    assert.equal(first:address().port, second:address().port)
  end)

  it("takes a port whose connections ended lately", function()
    run(function()
      local bound = net.BoundSocket { host = "127.0.0.1" }
      local port = bound:address().port
      local server
      server = net.createServer(must(function(peer) peer:finish() end)):listen(bound) -- ends first: TIME_WAIT is ours
      net.connect(port, "127.0.0.1"):resume():on("close", must(function()
        server:close(must(function() net.BoundSocket { host = "127.0.0.1", port = port }:close() end))
      end))
    end)
  end)

  it("raises what the system refuses, and wrong options", function()
    raises("EADDRNOTAVAIL", net.BoundSocket, { host = "192.0.2.1" })
    assert.equal("bind EADDRNOTAVAIL 192.0.2.1", raises("EADDRNOTAVAIL", net.BoundSocket, { host = "192.0.2.1" }).message)
    raises("EACCES", net.BoundSocket, { path = "/nowhere/at/all" })
    raises("EINVAL", net.BoundSocket, { path = ("x"):rep(108) })
    for _, host in ipairs { "localhost", "", "127.1", "127.0.0.1\0" } do
      raises("ERR_INVALID_IP_ADDRESS", net.BoundSocket, { host = host })
    end
    raises("ERR_INVALID_ARG_TYPE", net.BoundSocket, { host = 5 })
    for _, port in ipairs { -1, 65536, 1.5, "x", true } do raises("ERR_SOCKET_BAD_PORT", net.BoundSocket, { port = port }) end
    raises("ERR_INVALID_ARG_TYPE", net.BoundSocket, 5)
    raises("ERR_INVALID_ARG_TYPE", net.BoundSocket, { path = 5 })
    for _, path in ipairs { "", "/tmp/a\0b" } do raises("ERR_INVALID_ARG_VALUE", net.BoundSocket, { path = path }) end
    for _, name in ipairs { "host", "port", "ipv6Only", "reusePort" } do
      raises("ERR_INVALID_ARG_VALUE", net.BoundSocket, { path = helper.path(), [name] = name == "port" and 0 or "::" })
    end
    raises("ERR_INVALID_THIS", net.BoundSocket.prototype.address, {})
    raises("ERR_INVALID_ARG_VALUE", function() net.BoundSocket().isPipe = true end)
  end)

  it("is closed at the end of a block, and when nobody knows it any more", function()
    local place = { host = "127.0.0.1" }
    do
      local bound <close> = net.BoundSocket(place)
      place.port = bound:address().port
    end
    net.BoundSocket(place)
    collectgarbage()
    collectgarbage()
    net.BoundSocket(place):close()
    run(function()
      local server
      do
        local bound <close> = net.BoundSocket(place)
        server = net.createServer():listen(bound)
      end
      assert.is_true(server.listening) -- it is the server's
      server:close()
    end)
  end)

  it("leaves the descriptors of a process as they were", function()
    local result = helper.script [[
      local net = require "net"
      local function count()
        local pipe, n = io.popen "ls /proc/$PPID/fd", 0
        for _ in pipe:lines() do n = n + 1 end
        pipe:close()
        return n
      end
      local before = count()
      for _ = 1, 20 do
        local bound = net.BoundSocket()
        assert(not pcall(net.BoundSocket, { port = bound:address().port }))
        net.Socket { handle = bound }:destroy()
        net.BoundSocket():close()
        net.createServer():listen(net.BoundSocket()):close()
        net.Socket { handle = net.BoundSocket() }:connect(1, "127.0.0.1"):on("error", function() end)
      end
      process.on("beforeExit", function()
        if before then print(count() - before) end
        before = nil
      end)
    ]]
    assert.same({ "0\n", "", 0 }, { result.out, result.err, result.code })
  end)
end)
