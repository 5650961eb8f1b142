-- socket_options_spec.lua - what scripts set of a socket's descriptor, and the option onread. Much of it is newer than
-- Node 20; as in Node: spec/parity/socket_no_delay, socket_onread.
local net = require "net"
local helper = require "spec.helper"
local run, must, never, pair, raises, reach = helper.run, helper.must, helper.never, helper.pair, helper.raises, helper.reach

-- A leak checker does not work below strace.
local strace = not helper.sanitized and os.execute "command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null" == true

-- What setsockopt(2) was asked for: "SO_KEEPALIVE 1 TCP_KEEPIDLE 5 ...", of TCP's keep-alive and what is marked by IP_.
local function options_set(body)
  local log = helper.path()
  local script = helper.write_file(helper.path ".lua", [[
    local net = require "net"
    local server
    server = net.createServer(function(peer)
      peer:destroy()
      server:close()
    end):listen(0, "127.0.0.1", function()
      local address = { port = server:address().port, host = "127.0.0.1" }
      local function connect(options)
        for key, value in pairs(options or {}) do address[key] = value end
        return net.connect(address):resume()
      end
  ]] .. body .. "\nend)")
  local result = helper.shell(("timeout 20 strace -f -o %s -e trace=setsockopt \"$M\" %s"):format(log, script))
  assert.same({ "", "", 0 }, { result.out, result.err, result.code })
  local set = {}
  for name, value in helper.read_file(log):gmatch "(%u+_%u+), %[(%w+)%]" do
    if name:find "KEEP" or name:find "^IP" then set[#set + 1] = name .. " " .. value end
  end
  return table.concat(set, " ")
end

local function keepalive(idle, interval, count)
  local text = ("SO_KEEPALIVE 1 TCP_KEEPIDLE %d TCP_KEEPINTVL 1 TCP_KEEPCNT 10"):format(idle)
  if interval then text = text .. (" TCP_KEEPINTVL %d TCP_KEEPCNT %d"):format(interval, count) end
  return text
end

describe("socket:setKeepAlive", function()
  local function sets(what, expected, body)
    it(what, function()
      if not strace then return pending "strace is not installed, or this is a sanitizer's build" end
      assert.equal(expected, options_set(body))
    end)
  end

  sets("has Node's defaults", keepalive(5, 1, 10), [[connect():setKeepAlive(true, 5000)]])
  sets("takes interval and count", keepalive(5, 3, 4), [[connect():setKeepAlive(true, 5000, 3000, 4)]])
  sets("takes a table", keepalive(5, 3, 4), [[
    connect():setKeepAlive { enable = true, initialDelay = 5999, interval = 3000, count = 4 }]])
  sets("leaves as it is what is 0", keepalive(5, 3, 4) .. " " .. keepalive(6, 3, 4), [[
    local socket = connect()
    socket:setKeepAlive(true, 5000, 3000, 4)
    socket:on("connect", function() socket:setKeepAlive(true, 6000, 0, 0) end)]])
  sets("says nothing twice", keepalive(5, 1, 10), [[
    local socket = connect()
    socket:setKeepAlive(true, 5000)
    socket:on("connect", function() socket:setKeepAlive(true, 5000):setKeepAlive(true, 5000, 1000, 10) end)]])
  sets("is off by a table without enable", keepalive(5) .. " SO_KEEPALIVE 0", [[
    local socket = connect { keepAlive = true, keepAliveInitialDelay = 5000 }
    socket:on("connect", function() socket:setKeepAlive {} end)]])

  it("warns of less than a second", function()
    local result = helper.script [[
      process.on("warning", function(warning) print(warning.name, warning.message) end)
      require "net".Socket():setKeepAlive(true, 500):setKeepAlive(true, 1000, 999)
    ]]
    assert.equal("KeepAliveWarning\tinitialDelay is in milliseconds, but counts in whole seconds: 500 ms means nothing\n"
      .. "KeepAliveWarning\tinterval is in milliseconds, but counts in whole seconds: 999 ms means nothing\n", result.out)
  end)

  it("takes any numbers, and checks a table's", function()
    run(function()
      pair(helper.transports[1], function(client, peer)
        for _, n in ipairs { 0 / 0, math.huge, -math.huge, -1, 1e300, 2 ^ 31 * 1000, 32768000, 0 } do
          client:setKeepAlive(true, n, n, n)
          client:setKeepAlive { enable = true, initialDelay = n, interval = n, count = n }
        end
        for _, name in ipairs { "initialDelay", "interval", "count" } do
          raises("ERR_INVALID_ARG_TYPE", client.setKeepAlive, client, { [name] = "x" })
        end
        client:destroy()
        assert.equal(client, client:setKeepAlive(true, 1000, 1000, 5))
        peer:destroy()
      end)
    end)
  end)
end)

describe("socket:setTypeOfService", function()
  for _, transport in ipairs(helper.transports) do
    it("is remembered, and in force once connected, over " .. transport.name, function()
      run(function()
        local server
        server = net.createServer(must(function(peer)
          assert.equal(0, peer:getTypeOfService())
          assert.equal(peer, peer:setTypeOfService(8))
          assert.equal(8, peer:getTypeOfService())
          peer:destroy()
          assert.equal(8, peer:getTypeOfService())
          server:close()
        end)):listen(transport.where())
        local socket = net.Socket()
        assert.equal(0, socket:getTypeOfService())
        socket:setTypeOfService(0x10)
        assert.equal(0x10, socket:getTypeOfService())
        socket:connect(reach(server)):resume():on("connect", must(function()
          assert.equal(0x10, socket:getTypeOfService())
          socket:setTypeOfService(0)
          assert.equal(0, socket:getTypeOfService())
        end))
        net.Socket { typeOfService = 255 }:destroy()
      end)
    end)
  end

  it("is an option of connect", function()
    run(function()
      local server
      server = net.createServer(function(peer)
        peer:destroy()
        server:close()
      end):listen(0, "127.0.0.1")
      local socket = net.connect(helper.with(reach(server), { typeOfService = 0x20 })):resume()
      assert.equal(0x20, socket:getTypeOfService())
      socket:on("connect", must(function() assert.equal(0x20, socket:getTypeOfService()) end))
    end)
  end)

  it("is an octet", function()
    local socket = net.Socket()
    for _, value in ipairs { -1, 256, 1.5, 0 / 0 } do
      raises("ERR_OUT_OF_RANGE", socket.setTypeOfService, socket, value)
      raises("ERR_OUT_OF_RANGE", net.Socket, { typeOfService = value })
    end
    local err = raises("ERR_INVALID_ARG_TYPE", socket.setTypeOfService, socket, "8")
    assert.equal('The "tos" argument must be of type number. Received type string (\'8\')', err.message)
    raises("ERR_INVALID_ARG_TYPE", net.Socket, { typeOfService = "8" })
    raises("ERR_INVALID_ARG_TYPE", socket.setTypeOfService, socket)
    assert.equal(0, socket:getTypeOfService())
  end)
end)

describe("The option onread", function()
  -- A client with the option and its peer: f(client, peer).
  local function reading(onread, f)
    run(function()
      pair(nil, { client = { onread = onread } }, f)
    end)
  end

  it("gets every chunk, and 'data' gets none", function()
    for _, form in ipairs { "function", "table" } do
      local got = {}
      local function take(data) got[#got + 1] = data end
      local onread = form == "function" and take or { buffer = "of no use", callback = function(n, data)
        assert.equal(n, #data)
        take(data)
      end }
      reading(onread, function(client, peer)
        client:on("data", never "data")
        client:on("end", must(function()
          assert.equal("one two", table.concat(got))
          assert.equal(7, client.bytesRead)
        end)):on("close", must(function(had_error) assert.is_false(had_error) end))
        peer:write "one "
        setImmediate(function() peer:finish "two" end)
      end)
    end
  end)

  it("stops by false, until resume()", function()
    local got, client_ = {}, nil
    reading(function(data)
      got[#got + 1] = data
      return #got > 1
    end, function(client, peer)
      client_ = client
      client:on("pause", never "pause"):resume() -- it flows already: false holds it all the same
      peer:write "first"
      local function wait_for_first()
        if #got == 0 then return setImmediate(wait_for_first) end
        peer:write "second"
        setTimeout(must(function()
          assert.same({ "first" }, got)
          client:resume()
          client:on("end", must(function() assert.equal("firstsecond", table.concat(got)) end))
          peer:finish()
        end), 20)
      end
      wait_for_first()
    end)
    assert.is_true(client_.destroyed)
  end)

  it("is held by pause()", function()
    local got = {}
    local function take(data) got[#got + 1] = data end
    reading(take, function(client, peer) -- before anything was read
      client:pause()
      peer:finish "later"
      setTimeout(must(function()
        assert.same({}, got)
        client:resume():on("end", must(function() assert.same({ "later" }, got) end))
      end), 20)
    end)
    got = {}
    reading(take, function(client, peer)
      peer:write "first"
      local function wait_for_first()
        if #got == 0 then return setImmediate(wait_for_first) end
        client:pause()
        peer:finish "second"
        setTimeout(must(function()
          assert.same({ "first" }, got)
          client:resume():on("end", must(function() assert.same({ "first", "second" }, got) end))
        end), 20)
      end
      wait_for_first()
    end)
  end)

  it("gets bytes, whatever the encoding", function()
    local got = {}
    reading(function(data) got[#got + 1] = data end, function(client, peer)
      client:setEncoding "hex"
      client:on("end", must(function() assert.equal("\xff\0é", table.concat(got)) end))
      peer:finish "\xff\0é"
    end)
  end)

  it("may raise, destroy, and let its socket be garbage", function()
    local err = helper.uncaught(function()
      pair(nil, { client = { onread = function() error("no", 0) end } }, function(client, peer)
        peer:finish "x"
        client:on("close", function() end)
        setTimeout(function()
          client:destroy()
          peer:destroy()
        end, 100):unref()
      end)
    end)
    assert.equal("no", err)
    helper.run(function() end)
    local client_
    reading(function() client_:destroy() end, function(client, peer)
      client_ = client
      client:on("close", must())
      peer:on("error", function() end):write "x"
    end)
    local weak = setmetatable({}, { __mode = "k" })
    do
      local socket
      socket = net.Socket { onread = function() return socket end }
      weak[socket] = true
    end
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(weak))
  end)

  it("is a function, or a table with one", function()
    for _, onread in ipairs { 5, "x", {}, true } do raises("ERR_INVALID_ARG_TYPE", net.Socket, { onread = onread }) end
    raises("ERR_INVALID_ARG_TYPE", net.Socket, { onread = { callback = 5 } })
    assert.same({}, net.Socket { onread = function() end }:eventNames())
  end)
end)
