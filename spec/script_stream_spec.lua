-- script_stream_spec.lua - streams that scripts write (module stream): what is ours about them. Node's order of events is
-- spec/parity/'s; here are memory, waiting, classes, misuse, and what is garbage when.
local fs = require "fs"
local net = require "net"
local stream = require "stream"
local helper = require "spec.helper"
local run, must = helper.run, helper.must

local MiB = 1024 * 1024

local function upper()
  return stream.Transform { transform = function(_, chunk, _, callback) callback(nil, chunk:upper()) end }
end

describe("A stream written in Lua", function()
  it("between two sockets keeps back-pressure: a reader that stops stops the writer", function()
    run(function()
      helper.pair(nil, function(source_end, source)
        helper.pair(nil, function(target, target_end)
          source:pipe(upper()):pipe(target)
          local written, blocked = 0, false
          local piece = ("x"):rep(MiB)
          target_end:pause()
          local function fill()
            while source_end:write(piece) and written < 256 do written = written + 1 end
            written = written + 1
            source_end:once("drain", fill)
          end
          fill()
          -- the kernel's buffers and ours are full when nothing has drained for a while
          local last = -1
          local timer
          timer = setInterval(function()
            if written ~= last then
              last = written
              return
            end
            clearInterval(timer)
            blocked = written < 100
            assert.truthy(blocked, written .. " MiB went nowhere")
            assert.truthy(target.writableLength < 2 * MiB, target.writableLength)
            source_end:destroy()
            target_end:destroy()
            source:destroy()
            target:destroy()
          end, 200)
        end)
      end)
    end)
  end)

  it("passes many bytes on, whole", function()
    run(function()
      local text = helper.bytes(3 * MiB)
      helper.pair(nil, function(client, peer)
        peer:pipe(stream.PassThrough { highWaterMark = 1000 }):pipe(stream.PassThrough()):pipe(peer)
        helper.collect(client, must(function(got) assert.equal(text, got) end))
        client:finish(text)
      end)
    end)
  end)

  it("goes into files and comes from files", function()
    run(function()
      local from, to = helper.write_file(helper.path(), "some text"), helper.path()
      stream.pipeline(fs.createReadStream(from), upper(), fs.createWriteStream(to), must(function(err)
        assert.is_nil(err)
        assert.equal("SOME TEXT", helper.read_file(to))
      end))
    end)
  end)

  it("may wait in its functions", function()
    local async = require "async"
    run(function()
      local n = 0
      local source = stream.Readable { read = function(self)
        async.sleep(1)
        n = n + 1
        self:push(n <= 3 and tostring(n) or nil)
      end }
      local slow = stream.Transform { transform = function(_, chunk, _, callback)
        async.sleep(1)
        callback(nil, "<" .. chunk .. ">")
      end }
      local got = {}
      local sink = stream.Writable {
        write = function(_, chunk, _, callback)
          async.sleep(1)
          got[#got + 1] = chunk
          callback()
        end,
        final = function(_, callback)
          async.sleep(1)
          callback()
        end,
      }
      stream.pipeline(source, slow, sink, must(function(err)
        assert.is_nil(err)
        assert.equal("<1><2><3>", table.concat(got))
      end))
    end)
  end)

  it("is read and written in the waiting style", function()
    run(function()
      local pass = stream.PassThrough()
      assert.equal(8, pass:send "one\ntwo\n")
      pass:finish "three"
      local lines = {}
      for line in pass:lines() do lines[#lines + 1] = line end
      assert.same({ "one", "two", "three" }, lines)

      local n = 0
      local source = stream.Readable { read = function(self)
        n = n + 1
        local chunk = n <= 5 and ("%d\n"):format(n):rep(3) or nil
        if n % 2 == 0 then setImmediate(function() self:push(chunk) end) else self:push(chunk) end
      end }
      assert.equal("1\n1\n", source:receive(4))
      assert.equal("1", source:receive "l")
      assert.equal(("2\n"):rep(3) .. ("3\n"):rep(3) .. ("4\n"):rep(3) .. ("5\n"):rep(3), source:receive "a")
      assert.is_nil(source:receive())

      local failing = stream.Readable { read = function(self) self:destroy(Error "broken") end }
      local data, err = failing:receive()
      assert.is_nil(data)
      assert.equal("broken", err.message)
    end)
  end)

  it("may be a class of the script's own, with a parent of its own", function()
    local Counter = stream.Transform:extend "Counter"
    function Counter:init(options) self.count = options and options.from or 0 end
    function Counter:_transform(chunk, _, callback)
      self.count = self.count + self:step()
      callback(nil, chunk)
    end
    function Counter:step() return 1 end
    function Counter:_flush(callback) callback(nil, "=" .. self.count) end
    local Double = Counter:extend "Double"
    function Double:step() return 2 * Counter.step(self) end

    run(function()
      local counter = Double { from = 10, highWaterMark = 5 }
      assert.equal("Double", tostring(counter))
      assert.equal(5, counter.writableHighWaterMark)
      assert.equal(10, counter.count)
      assert.is_nil(stream.PassThrough().step)
      helper.collect(counter, must(function(got) assert.equal("ab=14", got) end))
      counter:write "a"
      counter:finish "b"
      function Double:later() return "seen" end -- what is added later, objects have
      assert.equal("seen", counter:later())
      assert.equal("own", (function()
        counter.later = function() return "own" end
        return counter:later()
      end)())
    end)
  end)

  it("throws what _write throws at whoever writes, and tells what the others throw", function()
    run(function()
      local writable = stream.Writable { write = function() error("thrown", 0) end }
      local ok, err = pcall(writable.write, writable, "x")
      assert.equal(false, ok)
      assert.truthy(tostring(err):find "thrown")
      for _, name in ipairs { "read", "construct" } do
        local options = { read = function(self) self:push(nil) end }
        options[name] = function() error "thrown" end
        stream.Readable(options):on("error", must(function(problem)
          assert.truthy(tostring(problem):find "thrown")
        end)):resume()
      end
      stream.Writable { write = function(_, _, _, callback) callback() end, final = function() error "thrown" end }
        :on("error", must()):finish()
    end)
  end)

  it("is garbage when nobody knows it", function()
    local weak = setmetatable({}, { __mode = "v" })
    for i = 1, 20 do
      weak[i] = stream.PassThrough()
      weak[i]:write "something that nobody reads"
      weak[i].own = weak[i]
      weak[20 + i] = stream.Writable { write = function() end }
      weak[20 + i]:write "under way for ever"
      weak[20 + i]:write "waits"
      weak[40 + i] = stream.Readable { read = function(self) self:push "x" end }
      weak[40 + i]:on("end", function() return weak[40 + i] end)
    end
    run(function() end)
    for _ = 1, 3 do collectgarbage() end
    assert.is_nil(next(weak))
  end)

  it("lives while C or a callback needs it, whatever the script drops", function()
    run(function()
      local got = {}
      stream.Readable { read = function(self)
        setImmediate(function()
          collectgarbage()
          self:push(#got < 3 and "x" or nil)
        end)
      end }:pipe(upper()):pipe(stream.Writable { write = function(_, chunk, _, callback)
        got[#got + 1] = chunk
        collectgarbage()
        setImmediate(callback)
      end }):on("finish", must(function() assert.equal("XXX", table.concat(got):sub(1, 3)) end))
    end)
  end)

  it("refuses objectMode, wrong options and wrong receivers", function()
    helper.raises("ERR_INVALID_ARG_VALUE", stream.Readable, { objectMode = true })
    helper.raises("ERR_INVALID_ARG_VALUE", stream.Readable, { highWaterMark = -1 })
    helper.raises("ERR_INVALID_ARG_VALUE", stream.Duplex, { readableHighWaterMark = 1.5 })
    helper.raises("ERR_INVALID_ARG_TYPE", stream.Readable, 5)
    helper.raises("ERR_UNKNOWN_ENCODING", stream.Writable, { defaultEncoding = "nope" })
    helper.raises("ERR_INVALID_ARG_TYPE", stream.PassThrough().push, stream.PassThrough(), 5)
    helper.raises("ERR_INVALID_ARG_TYPE", stream.addAbortSignal, AbortController().signal, 5)
    helper.raises("ERR_INVALID_ARG_TYPE", stream.addAbortSignal, {}, stream.PassThrough())
    assert.equal(65536, stream.getDefaultHighWaterMark())
    helper.raises("ERR_INVALID_ARG_TYPE", stream.PassThrough().write, stream.PassThrough(), 5)
    for _, wrong in ipairs { net.Socket(), io.stdout, {}, "x" } do
      assert.is_false(pcall(stream.Readable.prototype.push, wrong, "x"))
      assert.is_false(pcall(stream.Readable.prototype.read, wrong))
    end
  end)

  it("that calls itself again stops with an error, not with a crash", function()
    run(function()
      local pass
      pass = stream.Writable { write = function(_, chunk, _, callback)
        callback()
        pass:write(chunk)
      end }
      assert.is_false(pcall(pass.write, pass, "x"))
      pass:destroy()
    end)
  end)
end)

describe("maxBufferedBytes", function()
  it("destroys a socket whose peer does not read", function()
    run(function()
      helper.pair(nil, { client = { maxBufferedBytes = 1 * MiB } }, function(client, peer)
        peer:pause()
        local piece = ("x"):rep(256 * 1024)
        client:on("error", must(function(err)
          assert.equal("ERR_STREAM_MAX_BUFFERED", err.code)
          assert.equal("more than 1048576 bytes wait to be written (maxBufferedBytes)", err.message)
        end))
        client:on("close", must(function(had_error)
          assert.truthy(had_error)
          peer:destroy()
        end))
        for _ = 1, 100 do
          if client.errored or client.destroyed then break end
          client:write(piece)
        end
      end)
    end)
  end)

  it("destroys a file stream, and one written in Lua", function()
    run(function()
      local path = helper.path()
      for _, sink in ipairs { fs.createWriteStream(path, { maxBufferedBytes = 100 }),
        stream.Writable { maxBufferedBytes = 100, write = function() end } } do
        assert.truthy(sink:write(("x"):rep(100), function() end))
        sink:on("error", must(function(err) assert.equal("ERR_STREAM_MAX_BUFFERED", err.code) end))
        sink:on("close", must())
        assert.equal(false, sink:write("y", must(function(err) assert.equal("ERR_STREAM_MAX_BUFFERED", err.code) end)))
      end
    end)
  end)

  it("is not reached by those who wait for 'drain'", function()
    run(function()
      helper.pair(nil, { client = { maxBufferedBytes = 256 * 1024 } }, function(client, peer)
        helper.collect(peer, must(function(got) assert.equal(20 * MiB, #got) end))
        helper.pump(client, ("x"):rep(64 * 1024), 320)
      end)
    end)
  end)
end)
