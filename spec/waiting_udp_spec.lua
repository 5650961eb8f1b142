-- waiting_udp_spec.lua - UDP sockets in waiting style: receive, messages, and send through async.await. With callbacks:
-- dgram_spec.
local async = require "async"
local dgram = require "dgram"
local helper = require "spec.helper"
local raises = helper.raises
local task, is = helper.task, helper.failed

local function bound(kind)
  local socket = dgram.createSocket(kind or "udp4")
  socket:bindSync { address = kind == "udp6" and "::1" or "127.0.0.1" }
  return socket
end

-- Two that send to each other.
local function pair(kind)
  local a, b = bound(kind), bound(kind)
  a:connectSync(b:address().port, b:address().address)
  b:connectSync(a:address().port, a:address().address)
  return a, b
end

local function close(...)
  for _, socket in ipairs { ... } do socket:close() end
end

describe("udp:receive", function()
  for _, kind in ipairs { "udp4", "udp6" } do
    it("gives a message and who sent it, over " .. kind, function()
      task(function()
        local a, b = pair(kind)
        a:send "one"
        a:send ""
        a:send "three"
        local message, info = b:receive()
        assert.equal("one", message)
        assert.same({ address = a:address().address, family = a:address().family, port = a:address().port, size = 3 }, info)
        message, info = b:receive()
        assert.equal("", message)
        assert.equal(0, info.size)
        assert.equal("three", (b:receive()))
        close(a, b)
      end)
    end)
  end

  it("has a limit and a signal; what comes later is for the next one", function()
    task(function()
      local a, b = pair()
      is("ETIMEDOUT", b:receive(1))
      is("ETIMEDOUT", b:receive { timeout = 1 })
      local controller = AbortController()
      setTimeout(function() controller:abort() end, 1)
      is("ABORT_ERR", b:receive { signal = controller.signal })
      is("ABORT_ERR", b:receive { signal = controller.signal })
      assert.equal(0, controller.signal:listenerCount "abort")
      a:send "late"
      assert.equal("late", (b:receive(5000)))
      for _, wrong in ipairs { "1", true, -1, 0 / 0, { timeout = "1" }, { signal = {} } } do
        assert.is_false(pcall(b.receive, b, wrong))
      end
      a:send "there"
      async.sleep(1)
      assert.is_false(pcall(b.receive, b, "1")) -- whether or not there is a message
      assert.equal("there", (b:receive()))
      raises("ERR_INVALID_THIS", b.receive, io.stdout)
      close(a, b)
    end)
  end)

  it("serves those that ask in order; one that is cancelled leaves its message to the next", function()
    task(function()
      local a, b = pair()
      local askers, order = {}, {}
      for i = 1, 4 do
        askers[i] = async.spawn(function()
          local message = b:receive()
          order[#order + 1] = i .. message
        end)
      end
      b:once("message", function() -- after the listener that has woken it
        assert.equal("ready", askers[1].status)
        askers[1]:cancel()
      end)
      a:send "x"
      a:send "y"
      askers[3]:join()
      assert.same({ "2x", "3y" }, order)
      askers[4]:cancel()
      is("ECANCELED", askers[4]:join())
      a:send "z"
      assert.equal("z", (b:receive()))
      close(a, b)
    end)
  end)

  it("gives nil when the socket is closed, before and while it waits", function()
    task(function()
      local socket = bound()
      local first, second = async.spawn(socket.receive, socket), async.spawn(socket.receive, socket)
      socket:close()
      assert.same({ n = 1 }, table.pack(first:join()))
      assert.same({ n = 1 }, table.pack(second:join()))
      assert.same({ n = 1 }, table.pack(socket:receive()))
      for _ in socket:messages() do error "a message" end
      assert.is_true(socket:wait "close")
      assert.is_true(socket:wait "close")
      is("ERR_STREAM_PREMATURE_CLOSE", socket:wait "message")
    end)
  end)

  it("raises beside listeners of 'message', which get everything", function()
    task(function()
      local a, b = pair()
      local heard = async.queue()
      local function listener(message) heard:put(message) end
      b:on("message", listener)
      raises("ERR_SOCKET_HAS_LISTENERS", b.receive, b)
      raises("ERR_SOCKET_HAS_LISTENERS", function() for _ in b:messages() do break end end) -- luacheck: ignore 512
      a:send "for listeners"
      assert.equal("for listeners", heard:get())
      b:off("message", listener)
      assert.equal("for listeners", (b:receive())) -- since somebody asked, it is kept as well
      b:removeAllListeners()
      a:send "again"
      assert.equal("again", (b:receive()))
      close(a, b)
    end)
  end)

  it("keeps an error for the next one", function()
    task(function()
      local a, b = pair()
      is("ETIMEDOUT", a:receive(1))
      b:close()
      b:wait "close"
      a:send "to nobody"
      is("ECONNREFUSED", a:receive(5000))
      a:send "to nobody"
      async.sleep(20) -- nobody is there when it comes
      for _ in a:messages(5000) do error "a message" end -- leaves it to the next verb
      is("ECONNREFUSED", a:receive(5000))
      is("ETIMEDOUT", a:receive(1))
      a:close()
    end)
  end)

  it("leaves messages with the kernel while 64 are not taken", function()
    task(function()
      local a, b = pair()
      is("ETIMEDOUT", b:receive(0))
      for i = 1, 200 do assert(async.await(a.send, a, tostring(i))) end
      async.sleep(20) -- so that it takes what it takes
      local waiting = helper.udp_queue("udp4", b:address().port)
      assert.is_true(waiting > 0, waiting)
      local n = 0
      for message, info in b:messages(5000) do
        n = n + 1
        assert.equal(tostring(n), message)
        assert.equal(#message, info.size)
        if n == 200 then break end
      end
      assert.equal(200, n)
      assert.equal(0, (helper.udp_queue("udp4", b:address().port)))
      close(a, b)
    end)
  end)
end)

describe("udp:messages", function()
  it("ends when the socket is closed, by its limit, or by a signal", function()
    task(function()
      local a, b = pair()
      local got = {}
      a:send "one"
      a:send "two"
      for message in b:messages(20) do got[#got + 1] = message end
      assert.same({ "one", "two" }, got)
      local controller = AbortController()
      setTimeout(function() controller:abort() end, 1)
      for _ in b:messages { signal = controller.signal } do error "a message" end
      a:send "three"
      a:send "four"
      for message in b:messages() do
        got[#got + 1] = message
        if message == "three" then b:close() end
      end
      assert.same({ "one", "two", "three" }, got) -- as listeners get nothing after close()
      raises("ERR_INVALID_THIS", b.messages, io.stdout)
      a:close()
    end)
  end)

  it("answers in a loop", function()
    task(function()
      local server, client = bound(), bound()
      async.spawn(function()
        for message, info in server:messages() do server:send(message:upper(), info.port, info.address) end
      end)
      for i = 1, 5 do
        assert.equal(9, async.await(client.send, client, "request " .. i, server:address().port, "127.0.0.1"))
        assert.equal("REQUEST " .. i, (client:receive(5000)))
      end
      close(server, client)
    end)
  end)
end)

describe("async.await(udp.send, udp, ...)", function()
  it("gives the bytes, or the error", function()
    task(function()
      local a, b = pair()
      assert.same({ 5, n = 1 }, table.pack(async.await(a.send, a, "bytes")))
      assert.equal(4, async.await(a.send, a, { "by", "te" }))
      is("EMSGSIZE", async.await(a.send, a, ("x"):rep(70000)))
      assert.equal("bytes", (b:receive()))
      is("ECANCELED", async.spawn(async.await, a.send, a, "sent all the same"):cancel():join())
      assert.equal("byte", (b:receive()))
      assert.equal("sent all the same", (b:receive()))
      a:close()
      raises("ERR_SOCKET_DGRAM_NOT_RUNNING", async.await, a.send, a, "x")
      b:close()
    end)
  end)
end)
