-- write_spec.lua - when what a Socket writes leaves: small writes of one callback together, in few system calls, and
-- nothing stays behind in memory. The order of bytes and callbacks is stream_spec's.
local helper = require "spec.helper"
local run, must, pair, bytes, collect, pump = helper.run, helper.must, helper.pair, helper.bytes, helper.collect, helper.pump

-- How many bytes have reached the kernel at the end of a TCP socket, unread.
local function arrived(peer)
  local ends = ("0100007F:%04X 0100007F:%04X"):format(peer.localPort, peer.remotePort)
  for line in io.lines "/proc/net/tcp" do
    local address, queue = line:match "^%s*%d+: (%S+ %S+) %x+ %x+:(%x+)"
    if address == ends then return tonumber(queue, 16) end
  end
  error("no such socket: " .. ends)
end

describe("A slow reader", function()
  it("of 256 MB, written with 'drain' honoured, costs the high-water mark and little more", function()
    local size = helper.sanitized and 16 or 256
    local result = helper.script(([[
      local net = require "net"
      local piece, left, read = ("x"):rep(65536), %d * 16, 0
      local before, peak
      local server
      server = net.createServer(function(peer)
        server:close()
        peer:on("data", function(chunk)
          read = read + #chunk
          peer:pause() -- slow: it takes a turn of the loop to want more
          setImmediate(function() peer:resume() end)
        end)
        peer:on("end", function() print(read, peak - before) end)
      end):listen(0, "127.0.0.1", function()
        local socket = net.connect(server:address().port, "127.0.0.1")
        local function write()
          before = before or process.memoryUsage().rss
          peak = math.max(peak or 0, process.memoryUsage().rss)
          while left > 0 do
            left = left - 1
            if not socket:write(piece) then return socket:once("drain", write) end
          end
          socket:finish()
        end
        socket:on("connect", write)
      end)]]):format(size))
    assert.equal("", result.err)
    local read, grown = result.out:match "^(%d+)\t(%-?%d+)\n$"
    assert.equal(size * 1024 * 1024, tonumber(read))
    if not helper.sanitized then
      assert.truthy(tonumber(grown) <= 65536 + 4 * 1024 * 1024, "grew by " .. grown .. " bytes")
    end
  end)
end)

describe("Small writes of one callback", function()
  -- f(client, peer) writes; nothing has been written before
  local function joined(f)
    run(function()
      pair(nil, function(client, peer)
        peer:resume()
        client:resume()
        setImmediate(function()
          assert.equal(0, arrived(peer))
          f(client, peer)
          process.nextTick(function() client:finish() end)
        end)
      end)
    end)
  end

  it("leave together when it returns, before its ticks", function()
    joined(must(function(client, peer)
      for _ = 1, 3 do assert.is_true(client:write "abc") end
      assert.equal(0, arrived(peer))
      assert.equal(0, client.writableLength)
      assert.equal(9, client.bytesWritten)
      process.nextTick(must(function() assert.equal(9, arrived(peer)) end))
    end))
  end)

  it("leave at once when 16 KB are pending", function()
    joined(must(function(client, peer)
      local piece = bytes(4096)
      for _ = 1, 3 do client:write(piece) end
      assert.equal(0, arrived(peer))
      client:write(piece)
      client:write "x"
      assert.is_true(arrived(peer) >= 16384)
    end))
  end)

  it("leave before os.execute and io.popen block", function()
    joined(must(function(client, peer)
      client:write "before"
      os.execute "true"
      assert.equal(6, arrived(peer))
      client:write " popen"
      assert(io.popen "true"):close()
      assert.equal(12, arrived(peer))
    end))
  end)

  it("leave by flush()", function()
    joined(must(function(client, peer)
      client:write "flushed"
      client:flush()
      assert.equal(7, arrived(peer))
    end))
  end)

  it("leave when the listener gives its task away", function()
    run(function()
      pair(nil, function(client, peer)
        client:resume():once("own", must(function()
          client:write "waiting"
          coroutine.yield()
        end))
        peer:once("data", must(function(data)
          assert.equal("waiting", data)
          peer:finish()
        end)):resume()
        client:emit "own"
      end)
    end)
  end)
end)

describe("What a stream holds", function()
  it("survives collections: strings written and dropped", function()
    run(function()
      pair(nil, function(client, peer)
        local expected = {}
        for i = 1, 300 do
          expected[i] = bytes(3000, i)
          client:write(bytes(3000, i))
          if i % 50 == 0 then collectgarbage() end
        end
        client:resume():finish()
        setImmediate(collectgarbage)
        collect(peer, function(got) assert.is_true(got == table.concat(expected)) end)
      end)
    end)
  end)

  it("is given back: a writer that honours 'drain' to a peer that reads keeps the heap as it was", function()
    run(function()
      pair(nil, function(client, peer)
        collectgarbage()
        local before = collectgarbage "count"
        peer:resume()
        pump(client:resume(), bytes(65536), 1000)
        peer:on("end", must(function()
          collectgarbage()
          assert.is_true(collectgarbage "count" - before < 1024, "KiB kept: " .. collectgarbage "count" - before)
        end))
      end)
    end)
  end)
end)
