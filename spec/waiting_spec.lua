-- waiting_spec.lua - sockets read and written like files: receive in every form, lines, chunks, send, over every
-- transport; limits, signals, and what becomes of a stream that ends or fails. Tasks themselves: async_spec.
local async = require "async"
local net = require "net"
local helper = require "spec.helper"
local must, raises = helper.must, helper.raises
local task, is = helper.task, helper.failed

-- Both ends of a connection.
local function pair(transport)
  local server = net.createServer():listen((transport or helper.transports[1]).where())
  server:wait "listening"
  local client = net.connect(helper.reach(server))
  local peer = server:accept()
  server:close()
  client:wait "connect"
  return client, peer
end

for _, transport in ipairs(helper.transports) do
  describe("Waiting on a socket over " .. transport.name, function()
    it("receives chunks, lines, bytes and the rest", function()
      task(function()
        local client, peer = pair(transport)
        peer:send "one\ntwo\r\nthree\r\n\n12345rest\r\nof it"
        assert.equal("one", client:receive "l")
        assert.equal("two", client:receive "l")
        assert.equal("three\r\n", client:receive "L")
        assert.equal("", client:receive "*l")
        assert.equal("", client:receive(0))
        assert.equal("12345", client:receive(5))
        peer:finish()
        assert.equal("rest\r\nof it", client:receive "a")
        assert.same({ "" }, { client:receive "a" })
        assert.same({}, { client:receive() })
        assert.same({}, { client:receive "l" })
        client:finish()
        assert.is_false(client:closed())
      end)
    end)

    it("receives what is before a delimiter", function()
      task(function()
        local client, peer = pair(transport)
        peer:send "a, b, , c"
        assert.equal("a", client:receiveUntil ", ")
        assert.equal("b, ", client:receiveUntil(", ", { inclusive = true }))
        assert.equal("", client:receiveUntil ", ")
        peer:finish()
        local data, err, rest = client:receiveUntil ", "
        is("ERR_STREAM_PREMATURE_CLOSE", data, err)
        assert.equal("c", rest)
        assert.same({}, { client:receiveUntil ", " })
        client:destroy()
      end)
    end)

    it("iterates over lines and chunks until the end", function()
      task(function()
        local client, peer = pair(transport)
        peer:finish "one\ntwo\nlast"
        local lines = {}
        for line in client:lines() do lines[#lines + 1] = line end
        assert.same({ "one", "two", "last" }, lines)
        client:finish(("x"):rep(300000))
        local size = 0
        for chunk in peer:chunks() do size = size + #chunk end
        assert.equal(300000, size)
      end)
    end)

    it("does not end its side when the peer ends", function()
      task(function()
        local client, peer = pair(transport)
        client:finish "question"
        assert.equal("question", peer:receive "a")
        assert.is_true(peer.writable)
        assert.equal(6, peer:send "answer")
        peer:finish()
        assert.equal("answer", client:receive "a")
        assert.is_false(client:closed())
        assert.is_false(peer:closed())
      end)
    end)

    it("waits to send while the peer does not read", function()
      task(function()
        local client, peer = pair(transport)
        local block, sent = ("x"):rep(1000000), 0
        local sender = async.spawn(function()
          for _ = 1, 30 do
            assert(client:send(block))
            sent = sent + 1
          end
          client:finish()
        end)
        async.sleep(20)
        assert.is_true(sent < 30 and sender.status == "waiting")
        local size = 0
        for chunk in peer:chunks() do size = size + #chunk end
        assert.equal(30000000, size)
        assert.equal("done", sender.status)
        peer:finish()
      end)
    end)
  end)
end

describe("Waiting on a socket", function()
  it("goes on with what comes in pieces, however it is cut", function()
    local text = "first\r\nsecond--third\n\n----fifth\r\nend"
    local function parse(client)
      return { client:receive "l", client:receiveUntil "--", client:receive "L", client:receive "l",
        client:receiveUntil("--", { inclusive = true }), client:receive(2), client:receive "l", client:receive "a" }
    end
    local wanted = { "first", "second", "third\n", "", "--", "--", "fifth", "end" }
    for cut = 1, #text - 1 do
      task(function()
        local client, peer = pair()
        local parsed = async.spawn(parse, client)
        peer:setNoDelay():send(text:sub(1, cut))
        setImmediate(must(function() peer:finish(text:sub(cut + 1)) end))
        assert.same(wanted, parsed:join())
        client:destroy()
      end)
    end
  end)

  it("takes nothing when the limit is over", function()
    task(function()
      local client, peer = pair()
      peer:send "par"
      is("ETIMEDOUT", client:receive("l", 5))
      is("ETIMEDOUT", client:receive(10, { timeout = 5 }))
      is("ETIMEDOUT", client:receiveUntil("\n", nil, 1))
      peer:send "tial\n"
      assert.equal("partial", client:receive("l", 1000))
      client:destroy()
      peer:destroy()
    end)
  end)

  it("ends by a signal", function()
    task(function()
      local client, peer = pair()
      local controller = AbortController()
      setTimeout(function() controller:abort "enough" end, 2)
      local _, err = client:receive("l", { signal = controller.signal })
      assert.equal("ABORT_ERR", err.code)
      assert.equal("AbortError", err.name)
      is("ABORT_ERR", client:receive("l", { signal = controller.signal, timeout = 5 }))
      assert.equal(0, controller.signal:listenerCount "abort")
      raises("ERR_INVALID_ARG_TYPE", client.receive, client, "l", { signal = {} })
      client:destroy()
      peer:destroy()
    end)
  end)

  it("lets one task receive at a time", function()
    task(function()
      local client, peer = pair()
      local first = async.spawn(client.receive, client)
      is("EBUSY", client:receive())
      is("EBUSY", client:receiveUntil "x")
      first:cancel()
      is("ECANCELED", first:join())
      local second = async.spawn(client.receive, client, "l")
      peer:send "free again\n"
      assert.equal("free again", second:join())
      client:destroy()
      peer:destroy()
    end)
  end)

  it("sends in the order in which tasks came", function()
    task(function()
      local client, peer = pair()
      local senders = {}
      for i = 1, 8 do
        senders[i] = async.spawn(function() return client:send(tostring(i):rep(500000)) end)
      end
      async.spawn(function()
        assert.same({ 500000, 500000 }, { senders[8]:join(), senders[1]:join() })
        client:finish()
      end)
      local parts, wanted = {}, {}
      for chunk in peer:chunks() do parts[#parts + 1] = chunk end
      for i = 1, 8 do wanted[i] = tostring(i):rep(500000) end
      assert.is_true(table.concat(parts) == table.concat(wanted))
      peer:finish()
    end)
  end)

  it("refuses a line that is too long, and gives it in other ways", function()
    task(function()
      local client, peer = pair()
      async.spawn(function() peer:finish(("x"):rep(1024 * 1024 + 1) .. "\n" .. "0123456789;") end)
      is("EMSGSIZE", client:receive "l")
      assert.equal(1024 * 1024 + 1, #client:receive(1024 * 1024 + 1))
      assert.equal("", client:receive "l")
      is("EMSGSIZE", client:receiveUntil(";", { max = 9 }))
      assert.equal("0123456789", client:receiveUntil(";", { max = 10 }))
      client:finish()
    end)
  end)

  it("leaves a loop when the limit is over, by a signal, or at a line that is too long", function()
    task(function()
      local client, peer = pair()
      peer:send "one\ntwo\nthr"
      local got = {}
      for line in client:lines("l", 20) do got[#got + 1] = line end
      assert.same({ "one", "two" }, got)
      assert.is_false(client.readableEnded)
      local controller = AbortController()
      setTimeout(function() controller:abort() end, 1)
      for _ in client:lines(nil, { signal = controller.signal }) do error "a line" end
      for _ in client:lines("L", { timeout = 1 }) do error "a line" end
      peer:send "ee\nfourteen bytes\nfive"
      for line in client:lines("l", { max = 12 }) do got[#got + 1] = line end
      assert.same({ "one", "two", "three" }, got)
      assert.equal("fourteen bytes", client:receive "l")
      for chunk in client:chunks(20) do got[#got + 1] = chunk end
      for _ in client:chunks { timeout = 1 } do error "a chunk" end
      assert.same({ "one", "two", "three", "five" }, got)
      for _, bad in ipairs { -1, "1", true } do
        assert.is_false(pcall(client.lines, client, "l", bad))
        assert.is_false(pcall(client.chunks, client, bad))
      end
      raises("ERR_OUT_OF_RANGE", client.lines, client, "l", { max = -1 })
      raises("ERR_INVALID_ARG_TYPE", client.lines, client, "l", { max = "9" })
      client:destroy()
      peer:destroy()
    end)
  end)

  it("gives nothing of a socket that was destroyed", function()
    task(function()
      local client, peer = pair()
      peer:send "one\ntwo\n"
      assert.equal("one", client:receive "l")
      client:destroy()
      is("ERR_STREAM_PREMATURE_CLOSE", client:receive "l")
      is("ERR_STREAM_PREMATURE_CLOSE", client:receive())
      for _ in client:lines() do error "a line" end
      peer:destroy()
    end)
  end)

  it("tells what is missing at the end", function()
    task(function()
      local client, peer = pair()
      peer:finish "1234"
      local data, err, partial = client:receive(5)
      is("ERR_STREAM_PREMATURE_CLOSE", data, err)
      assert.equal("1234", partial)
      client:destroy()
    end)
  end)

  it("keeps an error for the next verb, and tells 'error' only to those who listen", function()
    task(function()
      local client, peer = pair()
      client:send "x"
      peer:receive()
      peer:resetAndDestroy()
      async.sleep(5) -- nobody is there when it comes
      is("ECONNRESET", client:receive())
      is("ECONNRESET", client:receive "l")
      is("ECONNRESET", client:send "y")
      assert.is_true(client:closed())
      local listened, other = pair()
      listened:on("error", must(function(err) assert.equal("ECONNRESET", err.code) end))
      listened:on("end", helper.never "end")
      other:resetAndDestroy()
      is("ECONNRESET", listened:receive())
    end)
  end)

  it("goes with 'end', which comes when all was received", function()
    task(function()
      local client, peer = pair()
      local ended = false
      client:on("end", must(function() ended = true end))
      peer:finish "bytes"
      async.sleep(5)
      assert.is_false(ended)
      assert.equal("bytes", client:receive())
      assert.is_nil(client:receive())
      async.sleep(0)
      assert.is_true(ended)
      client:finish()
    end)
  end)

  it("raises beside 'data' and 'readable' listeners and pipes, and for wrong arguments", function()
    task(function()
      local client, peer = pair()
      for _, wrong in ipairs { "x", "lines", "", -1, 1.5, 2 ^ 40, {}, true } do
        assert.has_error(function() client:receive(wrong) end)
      end
      for _, wrong in ipairs { "1", true, -1, 0 / 0 } do assert.has_error(function() client:receive(nil, wrong) end) end
      raises("ERR_INVALID_ARG_TYPE", client.send, client)
      raises("ERR_INVALID_ARG_TYPE", client.send, client, 5)
      raises("ERR_INVALID_ARG_TYPE", client.receiveUntil, client)
      raises("ERR_INVALID_ARG_VALUE", client.receiveUntil, client, "")
      raises("ERR_OUT_OF_RANGE", client.receiveUntil, client, "x", { max = -1 })
      raises("ERR_INVALID_THIS", client.receive, io.stdout)
      client:on("data", function() end)
      raises("ERR_STREAM_HAS_LISTENERS", client.receive, client)
      raises("ERR_STREAM_HAS_LISTENERS", function() for _ in client:lines() do break end end) -- luacheck: ignore 512
      peer:pipe(peer)
      raises("ERR_STREAM_HAS_LISTENERS", peer.receive, peer)
      client:destroy()
      peer:destroy()
    end)
  end)

  it("fails at once on a socket that is destroyed, finished or was never connected", function()
    task(function()
      local client, peer = pair()
      client:finish()
      is("ERR_STREAM_WRITE_AFTER_END", client:send "x")
      client:destroy()
      is("ERR_STREAM_PREMATURE_CLOSE", client:receive())
      local waits = async.spawn(peer.receive, peer, "l")
      peer:destroy()
      is("ERR_STREAM_PREMATURE_CLOSE", waits:join())
      local fresh = net.Socket()
      is("ERR_STREAM_PREMATURE_CLOSE", fresh:receive())
      is("ERR_SOCKET_CLOSED", fresh:send "x")
    end)
  end)

  it("waits for a connection that is being made", function()
    task(function()
      local server = net.createServer():listen(0, "127.0.0.1"):serve(function(socket)
        socket:send(socket:receive "l" .. "!\n")
      end)
      server:wait "listening"
      local client = net.connect(server:address().port)
      client:send "early\n"
      assert.equal("early!", client:receive "l")
      client:finish()
      server:close()
    end)
  end)
end)
