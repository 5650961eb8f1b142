-- stream_spec.lua - the stream half of a Socket, over every transport: bytes arrive whole and in order whatever is
-- asked early, late or twice; a writer that waits for 'drain' stays small. What is as in Node is in spec/parity/.
local net = require "net"
local helper = require "spec.helper"
local run, must, never, pair, bytes, collect, pump = helper.run, helper.must, helper.never, helper.pair, helper.bytes,
  helper.collect, helper.pump
local MiB = 1024 * 1024

for _, transport in ipairs(helper.transports) do
  local function listen(options, listener)
    local server
    server = net.createServer(options, must(function(peer)
      server:close()
      listener(peer)
    end)):listen(transport.where())
    return helper.reach(server)
  end

  describe("A stream over " .. transport.name, function()
    it("sends what was written before it connected, and calls back in order", function()
      run(function()
        local order = {}
        local client = net.connect(listen(nil, function(peer)
          collect(peer, function(got)
            assert.equal("one two " .. ("three"):rep(40000), got)
            assert.same({ 1, 2, 3, "finish" }, order)
          end)
        end))
        for i, text in ipairs { "one ", "two ", ("three"):rep(40000) } do
          client:write(text, must(function(err)
            assert.is_nil(err)
            order[#order + 1] = i
          end))
        end
        client:finish(must(function() order[#order + 1] = "finish" end))
        assert.equal(8 + 200000, client.bytesWritten)
      end)
    end)

    it("ends what was finished before it connected", function()
      run(function()
        local client = net.connect(listen(nil, function(peer) collect(peer, function(got) assert.equal("early", got) end) end))
        client:resume():finish("early")
        client:on("end", must()):on("finish", must())
        client:on("close", must(function(had_error) assert.is_false(had_error) end))
      end)
    end)

    it("keeps what arrives while it is paused, also when paused before it connected", function()
      run(function()
        local client = net.connect(listen(nil, function(peer) peer:resume():finish("kept") end)):pause()
        local paused = true
        client:on("data", must(function(data)
          assert.is_false(paused)
          assert.equal("kept", data)
        end)):on("end", must())
        setTimeout(function()
          assert.is_true(client:isPaused())
          paused = false
          client:resume()
        end, 5)
      end)
    end)

    it("goes on in one direction when the other has ended, from either side", function()
      for _, ends_first in ipairs { "client", "peer" } do
        run(function()
          local options = { allowHalfOpen = true }
          pair(transport, { server = options, client = options }, function(client, peer)
            local first, second = client, peer
            if ends_first == "peer" then first, second = peer, client end
            local answer = bytes(3 * MiB)
            collect(first, function(got) assert.is_true(got == answer) end)
            first:once("data", must(function() assert.equal("readOnly", first.readyState) end))
            collect(second, function(got)
              assert.equal("ask", got)
              assert.equal("writeOnly", second.readyState)
              setImmediate(function() second:finish(answer) end)
            end)
            first:finish("ask")
            for _, socket in ipairs { first, second } do
              socket:on("close", must(function(had_error) assert.is_false(had_error) end))
            end
          end)
        end)
      end
    end)

    it("moves megabytes both ways at once, byte for byte", function()
      run(function()
        local options = { allowHalfOpen = true }
        pair(transport, { server = options, client = options }, function(client, peer)
          local there, back = bytes(100000, 2), bytes(70001, 3)
          collect(peer, function(got) assert.is_true(got == there:rep(60)) end)
          collect(client, function(got) assert.is_true(got == back:rep(80)) end)
          pump(client, there, 60)
          pump(peer, back, 80)
          peer:on("close", must(function()
            assert.equal(6000000, peer.bytesRead)
            assert.equal(80 * 70001, peer.bytesWritten)
          end))
          client:on("close", must(function()
            assert.equal(80 * 70001, client.bytesRead)
            assert.equal(6000000, client.bytesWritten)
          end))
        end)
      end)
    end)

    it("keeps the order of small and large strings, and of their callbacks", function()
      run(function()
        pair(transport, function(client, peer)
          local parts, called = {}, {}
          for i, size in ipairs { 1, 200000, 3, 17000, 0, 5, 16384, 16383, 1, 1, 400000, 2, 0, 9000, 9000, 1 } do
            parts[i] = bytes(size, i)
            client:write(parts[i], must(function() called[#called + 1] = i end))
          end
          client:resume():finish()
          collect(peer, function(got)
            assert.is_true(got == table.concat(parts))
            assert.same({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, called)
          end)
        end)
      end)
    end)

    it("keeps a writer that waits for 'drain' within its mark and one chunk, however slow the reader", function()
      run(function()
        pair(transport, { client = { highWaterMark = 30000 } }, function(client, peer)
          local chunk, most, stalled = bytes(20000), 0, false
          local function go()
            repeat
              local more = client:write(chunk)
              most = math.max(most, client.writableLength)
              assert.equal(client.writableLength, client.bufferSize)
            until not more or client.bytesWritten >= 16 * MiB
            if client.bytesWritten >= 16 * MiB then client:finish() end
          end
          client:on("drain", go):resume()
          peer:pause()
          go()
          setTimeout(function()
            stalled = client.bytesWritten
            assert.is_true(client.writableNeedDrain and stalled < 12 * MiB, "the kernel took it all: " .. stalled)
          end, 20)
          setTimeout(function()
            assert.equal(stalled, client.bytesWritten)
            peer:resume()
          end, 40)
          peer:on("end", must(function()
            assert.equal(client.bytesWritten, peer.bytesRead)
            assert.is_true(most > 0 and most <= 30000 + 20000, "queued: " .. most)
          end))
        end)
      end)
    end)

    it("reads no more than its own mark while nobody takes anything", function()
      run(function()
        pair(transport, { client = { highWaterMark = 1000 } }, function(client, peer)
          peer:resume():write(bytes(12 * MiB))
          setTimeout(function()
            local held = client.readableLength
            assert.is_true(held >= 1000 and held <= 1000 + 65536, "held: " .. held)
            assert.equal(client.bytesRead, held)
            client:destroy()
            peer:on("error", function() end):destroy()
          end, 20)
        end)
      end)
    end)

    it("delivers what was written right before destroy()", function()
      run(function()
        pair(transport, function(client, peer)
          collect(peer, function(got) assert.equal("good bye", got) end)
          client:write "good "
          client:write "bye"
          client:destroy()
        end)
      end)
    end)

    it("holds corked writes back until the last uncork(), then sends them in order", function()
      run(function()
        pair(transport, function(client, peer)
          local open = false
          client:cork()
          client:cork()
          assert.equal(2, client.writableCorked)
          for i = 1, 5 do client:write(i .. " ", must(function() assert.is_true(open) end)) end
          assert.equal(10, client.writableLength)
          setTimeout(function()
            client:uncork()
            setTimeout(function()
              open = true
              client:uncork()
              client:uncork()
              assert.equal(0, client.writableCorked)
              client:resume():finish()
            end, 5)
          end, 1)
          collect(peer, function(got) assert.equal("1 2 3 4 5 ", got) end)
          peer:once("data", must(function() assert.is_true(open) end))
        end)
      end)
    end)

    it("gives read(n) exactly n bytes, whatever the chunks, and the rest at the end", function()
      run(function()
        pair(transport, function(client, peer)
          local sent, got, short = bytes(100000), {}, 0
          pump(client:resume(), sent, 1)
          peer:on("readable", function()
            while true do
              local part = peer:read(777)
              if not part then break end
              if #part ~= 777 then short = short + 1 end
              got[#got + 1] = part
            end
          end):on("end", must(function()
            assert.is_true(table.concat(got) == sent)
            assert.equal(1, short)
          end))
        end)
      end)
    end)

    it("gives unshifted bytes first", function()
      run(function()
        pair(transport, function(client, peer)
          client:resume():finish "header\nbody"
          peer:once("readable", must(function()
            local text = peer:read()
            assert.equal("header\nbody", text)
            peer:unshift(text:sub(8))
            collect(peer, function(got) assert.equal("body", got) end)
          end))
        end)
      end)
    end)

    it("pipes into itself: an echo", function()
      run(function()
        pair(transport, { client = { allowHalfOpen = true } }, function(client, peer)
          local sent = bytes(100003)
          assert.equal(peer, peer:pipe(peer))
          collect(client, function(got) assert.is_true(got == sent:rep(40)) end)
          pump(client, sent, 40)
        end)
      end)
    end)

    it("pipes both ways between two connections: a proxy", function()
      run(function()
        local there, back = bytes(100003, 7), bytes(9999, 8)
        local half = { allowHalfOpen = true }
        pair(transport, { server = half, client = half }, function(near, middle)
          pair(nil, { server = half, client = half }, function(upstream, far)
            middle:pipe(upstream):pipe(middle)
            collect(far, function(got)
              assert.is_true(got == there:rep(30))
              pump(far, back, 100)
            end)
            collect(near, function(got) assert.is_true(got == back:rep(100)) end)
            pump(near, there, 30)
            for _, socket in ipairs { near, middle, upstream, far } do socket:on("close", must()) end
          end)
        end)
      end)
    end)

    it("pipes to several destinations as fast as the slowest takes it", function()
      run(function()
        pair(transport, function(source, peer)
          pair(transport, function(fast, fast_end)
            pair(transport, function(slow, slow_end)
              local chunk = bytes(100000)
              peer:pipe(fast)
              peer:pipe(slow)
              for _, stream in ipairs { source, fast, slow } do stream:resume() end
              collect(fast_end, function(got) assert.is_true(got == chunk:rep(100)) end)
              slow_end:pause()
              collect(slow_end, function(got) assert.is_true(got == chunk:rep(100)) end)
              pump(source, chunk, 100)
              setTimeout(function()
                assert.is_true(fast_end.bytesRead < 8 * MiB, "read: " .. fast_end.bytesRead)
                assert.is_true(slow.writableLength < MiB, "queued: " .. slow.writableLength)
                slow_end:resume()
              end, 60)
            end)
          end)
        end)
      end)
    end)

    it("keeps what comes after unpipe() for whoever reads next", function()
      run(function()
        pair(transport, function(source, middle)
          pair(transport, function(sink, sink_end)
            middle:pipe(sink, { ["end"] = false })
            source:resume():write "piped"
            sink:resume()
            sink_end:once("data", must(function(data)
              assert.equal("piped", data)
              middle:unpipe(sink)
              assert.is_true(middle:isPaused())
              source:finish " not piped"
              setTimeout(function()
                collect(middle, function(rest) assert.equal(" not piped", rest) end)
                middle:resume()
                sink_end:on("data", never "data")
                sink:finish()
              end, 5)
            end))
          end)
        end)
      end)
    end)

    it("turns text into bytes and back by every encoding, split anywhere", function()
      local text = "Aé€😀z" -- in utf8; what follows is what arrives when it is written in the encoding
      local cases = {
        { "utf8", text, text }, { "utf-8", text, text },
        { "utf16le", text, ("A\0\xe9\0\xac\x20\x3d\xd8\x00\xde\x7a\0") }, { "ucs2", "Aé", "A\0\xe9\0" },
        { "latin1", "Aé", "A\xe9" }, { "binary", "é", "\xe9" }, { "ascii", "Az", "Az" },
        { "hex", "00ff4a", "\0\xff\x4a" }, { "base64", "AP/6+w==", "\0\xff\xfa\xfb" },
        { "base64url", "AP_6-w", "\0\xff\xfa\xfb" },
      }
      for _, case in ipairs(cases) do
        local encoding, written, wire = table.unpack(case)
        run(function() -- encoded on the way out
          pair(transport, function(client, peer)
            collect(peer, function(got) assert.equal(wire, got) end)
            client:resume():finish(written, encoding)
          end)
        end)
        run(function() -- decoded on the way in, from pieces of one byte
          pair(transport, function(client, peer)
            peer:setEncoding(encoding)
            assert.is_string(peer.readableEncoding)
            collect(peer, function(got) assert.equal(written, got) end)
            client:setNoDelay():resume()
            local at = 0
            local function send()
              at = at + 1
              if at > #wire then return client:finish() end
              client:write(wire:sub(at, at), function() setImmediate(send) end)
            end
            send()
          end)
        end)
      end
    end)

    it("decodes what is buffered once, however often setEncoding is called", function()
      run(function()
        pair(transport, function(client, peer)
          client:resume():finish "\xc3\xa9"
          setTimeout(function()
            peer:setEncoding "hex"
            peer:setEncoding "hex"
            peer:setEncoding "utf16le"
            collect(peer, function(got) assert.equal("c3a9", got) end)
          end, 5)
        end)
      end)
    end)
  end)
end
