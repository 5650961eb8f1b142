-- fs_spec.lua - the module fs: bytes go in and come out whole, in both forms; large, odd and endless files; what callbacks
-- may do; nothing is left open. Texts and codes of errors, and what else is as in Node: spec/parity/fs_*.
local fs = require "fs"
local net = require "net"
local helper = require "spec.helper"
local run, must, raises, bytes = helper.run, helper.must, helper.raises, helper.bytes
local MiB = 1024 * 1024

-- Both forms of an operation as one function: (name, arguments...) -> err or nil, results...
local forms = {
  ["with a callback"] = function(name, ...)
    local arguments, got = table.pack(...), nil
    arguments.n = arguments.n + 1
    arguments[arguments.n] = must(function(...) got = table.pack(...) end)
    run(function()
      assert.equal(0, select("#", fs[name](table.unpack(arguments, 1, arguments.n))))
      assert.is_nil(got, "the callback ran before the function returned")
    end)
    return table.unpack(got, 1, got.n)
  end,
  ["with Sync"] = function(name, ...)
    local got = table.pack(pcall(fs[name .. "Sync"], ...))
    if got[1] then return nil, table.unpack(got, 2, got.n) end
    assert.truthy(type(got[2]) == "table", got[2])
    return got[2]
  end,
}

-- The results; fails on an error.
local function good(err, ...)
  if err then error(err, 2) end
  return ...
end

local function descriptors() return #fs.readdirSync "/proc/self/fd" end

for form, call in pairs(forms) do
  describe("A file " .. form, function()
    it("is written and read whole, whatever its size", function()
      for _, size in ipairs { 0, 1, 4095, 65536, 65537, 5 * MiB + 1 } do
        local name, data = helper.path(), bytes(size)
        good(call("writeFile", name, data))
        assert.equal(size, good(call("stat", name)).size)
        assert.is_true(data == good(call("readFile", name)), size)
        good(call("appendFile", name, data))
        assert.is_true(data .. data == good(call("readFile", name)), size)
        good(call("copyFile", name, name .. "copy"))
        assert.is_true(data .. data == helper.read_file(name .. "copy"))
        good(call("unlink", name))
        assert.is_false(helper.exists(name))
      end
    end)

    it("may hold every byte", function()
      local all = {}
      for i = 0, 255 do all[i + 1] = string.char(i) end
      local data, name = table.concat(all), helper.path()
      good(call("writeFile", name, data))
      assert.equal(data, good(call("readFile", name)))
      for _, encoding in ipairs { "hex", "base64", "base64url", "latin1" } do
        local text = good(call("readFile", name, encoding))
        assert.not_equal(data, text)
        good(call("writeFile", name .. "again", text, encoding))
        assert.equal(data, good(call("readFile", name .. "again")))
      end
    end)

    it("is read to its end when it does not say its size", function()
      assert.equal(helper.read_file "/proc/self/cmdline", good(call("readFile", "/proc/self/cmdline")))
      assert.is_true(#good(call("readFile", "/proc/self/smaps")) > 4096)
      assert.equal("", good(call("readFile", "/dev/null")))
    end)

    it("is read up to 2 GiB", function()
      local name = helper.path()
      good(call("writeFile", name, "x"))
      good(call("truncate", name, 2 ^ 31))
      local err = call("readFile", name)
      assert.equal("ERR_FS_FILE_TOO_LARGE", err.code)
      assert.equal("File size (2147483648) is greater than 2 GiB", err.message)
      assert.equal("RangeError", err.name)
    end)

    it("is worked on where its descriptor stands, which stays open", function()
      local name = helper.path()
      local fd = good(call("open", name, "w+"))
      good(call("writeFile", fd, "one "))
      good(call("appendFile", fd, "two "))
      assert.equal("", good(call("readFile", fd)))
      assert.equal(3, good(call("write", fd, "ONE", 0)))
      assert.equal("one ", good(call("readFile", name)):sub(1, 4):lower())
      assert.equal("ONE", good(call("read", fd, 3, 0)))
      assert.equal("tw", good(call("read", fd, { length = 2, position = 4 })))
      good(call("writeFile", fd, "three"))
      assert.equal("ONE two three", good(call("readFile", name)))
      good(call("ftruncate", fd))
      assert.equal(0, good(call("fstat", fd)).size)
      good(call("close", fd))
      assert.equal("EBADF", call("close", fd).code)
    end)

    it("leaves no descriptor open, whatever happens", function()
      local before = descriptors()
      local name = helper.path()
      good(call("writeFile", name, "x", { flush = true }))
      good(call("truncate", name, 5))
      for _, step in ipairs { { "readFile", "/" }, { "writeFile", "/dev/full", "x" }, { "appendFile", "/dev/full", "x" },
        { "truncate", "/" }, { "writeFile", name, "", { flag = "wx" } }, { "readdir", name }, { "readdir", "/nowhere" },
        { "copyFile", name, "/nowhere/x" }, { "mkdtemp", "/nowhere/x" }, { "rm", "/", {} } } do
        assert.truthy(call(table.unpack(step)), step[1])
      end
      assert.equal(before, descriptors())
    end)

    it("that is opened is not passed on to other programs", function()
      local fd = good(call("open", helper.path(), "w"))
      local listed = helper.shell("ls /proc/self/fd").out
      assert.is_nil(("\n" .. listed):find(("\n%d\n"):format(fd)))
      good(call("close", fd))
    end)
  end)

  describe("A folder " .. form, function()
    it("is made with those above it; the first that was missing is told", function()
      local root = helper.path()
      assert.equal(root, good(call("mkdir", root .. "/a/b", { recursive = true })))
      assert.is_nil(good(call("mkdir", root .. "/a/b", { recursive = true })))
      assert.equal(root .. "/a/b/c", good(call("mkdir", root .. "/a/b/c/d//e///", { recursive = true })))
      assert.is_true(fs.existsSync(root .. "/a/b/c/d/e"))
      assert.equal("EEXIST", call("mkdir", root).code)
      local deep = root .. ("/deep"):rep(300)
      assert.equal(root .. "/deep", good(call("mkdir", deep, { recursive = true })))
      assert.is_true(fs.statSync(deep):isDirectory())
      assert.equal("ENAMETOOLONG", call("mkdir", root .. ("/deep"):rep(2000), { recursive = true }).code)
      assert.equal("ENOENT", call("mkdir", "/proc/nowhere/x", { recursive = true }).code)
      good(call("rm", root, { recursive = true }))
      assert.is_false(fs.existsSync(root))
    end)

    it("is listed, with thousands of files as well", function()
      local root = helper.path()
      fs.mkdirSync(root .. "/sub/below", { recursive = true })
      local wanted = { "sub" }
      for i = 1, 2000 do
        wanted[i + 1] = ("file %04d"):format(i)
        fs.writeFileSync(root .. "/" .. wanted[i + 1], "")
      end
      table.sort(wanted)
      assert.same(wanted, good(call("readdir", root)))
      fs.writeFileSync(root .. "/sub/below/last", "")
      fs.symlinkSync("..", root .. "/sub/up") -- a circle, if it were followed
      local all = good(call("readdir", root, { recursive = true }))
      assert.same({ "sub/below", "sub/up", "sub/below/last" }, table.move(all, 2002, #all, 1, {}))
    end)

    it("shows what is in it by type", function()
      local root = helper.path()
      fs.mkdirSync(root .. "/d", { recursive = true })
      fs.writeFileSync(root .. "/f", "")
      fs.symlinkSync("f", root .. "/l")
      os.execute(("mkfifo '%s/p'"):format(root))
      run(function()
        local server = net.createServer():listen(root .. "/s")
        server:on("listening", must(function()
          -- with a callback it takes a run of its own, which would close the server
          local types, kinds = {}, {}
          for _, entry in ipairs(fs.readdirSync(root, { withFileTypes = true })) do
            types[#types + 1] = entry.name .. " " .. entry.type
            kinds[#kinds + 1] = entry:isDirectory() or entry:isFile() or entry:isSymbolicLink() or entry:isFIFO()
              or entry:isSocket()
          end
          assert.same({ "d directory", "f file", "l link", "p fifo", "s socket" }, types)
          assert.same({ true, true, true, true, true }, kinds)
          assert.is_true(fs.statSync(root .. "/p"):isFIFO() and fs.statSync(root .. "/s"):isSocket())
          server:close()
        end))
      end)
      for _, entry in ipairs(good(call("readdir", "/dev", { withFileTypes = true }))) do
        assert.equal("/dev", entry.path)
        if entry.name == "null" then assert.is_true(entry:isCharacterDevice() and entry.type == "char") end
      end
    end)

    it("is removed with all that is in it, and nothing else", function()
      local root, other = helper.path(), helper.path()
      fs.mkdirSync(other .. "/kept", { recursive = true })
      fs.mkdirSync(root .. "/a/b/c", { recursive = true })
      fs.symlinkSync(other, root .. "/a/out")
      fs.symlinkSync("circle", root .. "/circle")
      for _, folder in ipairs { "", "/a", "/a/b", "/a/b/c" } do
        for i = 1, 20 do fs.writeFileSync(root .. folder .. "/" .. i, "x") end
      end
      fs.chmodSync(root .. "/a/1", "0")
      os.execute(("mkfifo '%s/a/fifo'"):format(root))
      local err = call("rm", root)
      assert.same({ "ERR_FS_EISDIR", "SystemError", root, "rm" }, { err.code, err.name, err.path, err.syscall })
      assert.equal("ENOTEMPTY", call("rmdir", root).code)
      good(call("rm", root, { recursive = true }))
      assert.is_false(fs.existsSync(root))
      assert.is_true(fs.existsSync(other .. "/kept"))
      assert.equal("ENOENT", call("rm", root, { recursive = true }).code)
      good(call("rm", root, { recursive = true, force = true }))
    end)

    it("of one's own has a name that nobody else has", function()
      local prefix = helper.path "-"
      local first, second = good(call("mkdtemp", prefix)), good(call("mkdtemp", prefix))
      assert.not_equal(first, second)
      for _, path in ipairs { first, second } do
        assert.equal(prefix, path:sub(1, -7))
        assert.equal(448, fs.statSync(path).mode & 511)
      end
    end)
  end)

  it("What was made is told " .. form, function()
    local name = helper.path()
    local before = os.time()
    fs.writeFileSync(name, "12345")
    local stats = good(call("stat", name))
    for field, value in pairs(stats) do
      assert.equal(field:find "Ms$" and "float" or "integer", math.type(value), field)
    end
    assert.is_true(stats.mtime >= before - 1 and stats.mtime <= os.time() + 1)
    assert.equal(stats.mtime, stats.mtimeMs // 1000)
    assert.equal(os.date("%F", before):sub(1, 4), os.date("%Y", stats.mtime)) -- seconds that os.date takes
    assert.same({ 5, 1, true }, { stats.size, stats.nlink, stats.ino > 0 })
    assert.equal("Stats", tostring(stats):match "^Stats")
  end)

  it("Wrong arguments are raised " .. form, function()
    local function never() error "called" end
    local function wrong(code, name, ...)
      if form == "with Sync" then return raises(code, fs[name .. "Sync"], ...) end
      local arguments = table.pack(...)
      arguments[arguments.n + 1] = never
      return raises(code, fs[name], table.unpack(arguments, 1, arguments.n + 1))
    end
    wrong("ERR_INVALID_ARG_VALUE", "readFile", "/etc/passwd\0.txt")
    wrong("ERR_INVALID_ARG_VALUE", "rename", "a", "b\0")
    wrong("ERR_INVALID_ARG_TYPE", "writeFile", "x", 5)
    wrong("ERR_OUT_OF_RANGE", "access", "x", 8)
    wrong("ERR_OUT_OF_RANGE", "copyFile", "x", "y", -1)
    wrong("ERR_OUT_OF_RANGE", "read", 0, -1)
    wrong("ERR_OUT_OF_RANGE", "read", 0, 2 ^ 31)
    wrong("ERR_OUT_OF_RANGE", "read", 0, 5, -2)
    wrong("ERR_OUT_OF_RANGE", "read", 0, 5, 2 ^ 53)
    wrong("ERR_INVALID_ARG_TYPE", "read", 0, "buffer")
    wrong("ERR_INVALID_ARG_TYPE", "utimes", "x", "y", 1)
    wrong("ERR_INVALID_ARG_VALUE", "write", 0, "x", 0, "utf9")
    run(function() end) -- and no callback comes
  end)
end

-- -- callbacks ----------------------------------------------------------------------------------------------------

describe("A callback of fs", function()
  it("is the last argument, a function or what can be called", function()
    run(function()
      fs.stat("/", must())
      fs.stat("/", nil, must())
      fs.open("/", must(function(_, fd) fs.close(fd) end))
      fs.open("/", nil, nil, must(function(_, fd) fs.close(fd, must()) end))
      fs.stat("/", setmetatable({}, { __call = must(function(_, err, stats)
        assert.is_nil(err)
        assert.is_true(stats:isDirectory())
      end) }))
    end)
    raises("ERR_INVALID_ARG_TYPE", fs.close, 0, {}) -- the others wait without one: waiting_fs_spec
  end)

  it("may wait: its coroutine is its own", function()
    run(function()
      fs.stat("/", must(function(err, stats)
        local co = coroutine.running()
        setTimeout(function() assert(coroutine.resume(co, "woken")) end, 1)
        assert.equal("woken", coroutine.yield())
        assert.is_nil(err)
        assert.is_true(stats:isDirectory())
      end))
    end)
  end)

  it("that raises is an uncaught error, which knows who called", function()
    local err = helper.uncaught(function()
      fs.readFile("/nowhere/at/all", function(failure) error(failure) end)
    end)
    assert.equal("ENOENT", err.code)
    assert.truthy(err.where:find "fs_spec%.lua:%d+$", err.where)
    local result = helper.script [[require "fs".readFile("/nowhere/at/all", function(err) error(err) end)]]
    assert.equal(1, result.code)
    for _, text in ipairs { "moonport: Error: ENOENT: no such file or directory, open '/nowhere/at/all'\n", ".lua:1\n",
      "{ errno: -2, syscall: open, path: /nowhere/at/all }\n", "[callback of 'fs.readFile']" } do
      assert.truthy(result.err:find(text, 1, true), result.err)
    end
  end)

  it("may be a thousand at once, each with its own result", function()
    local name, before = helper.path(), descriptors()
    fs.mkdirSync(name)
    run(function()
      for i = 1, 1000 do
        fs.writeFile(name .. "/" .. i, tostring(i), must(function(err)
          assert.is_nil(err)
          fs.readFile(name .. "/" .. i, must(function(_, data)
            assert.equal(tostring(i), data)
            fs.unlink(name .. "/" .. i, must(function(failure) assert.is_nil(failure) end))
          end))
        end))
      end
    end)
    assert.same({}, fs.readdirSync(name))
    assert.equal(before, descriptors())
  end)

  it("may end the program, with others under way", function()
    local result = helper.script([[
      local fs = require "fs"
      local ended
      local function exit()
        ended = true
        process.exit(7)
      end
      for i = 1, 200 do
        if i == 100 then fs.stat("/", exit) end
        fs.readFile("/proc/self/smaps", function() if ended then print "late" end end)
        fs.open("/dev/null", function() if ended then print "late" end end)
      end
      fs.stat("/", exit)
    ]])
    assert.same({ 7, "", "" }, { result.code, result.out, result.err })
  end)

  it("is forgotten afterwards: nothing piles up", function()
    local name = helper.path()
    local function registry()
      collectgarbage()
      collectgarbage()
      local n = 0
      for _, value in pairs(debug.getregistry()) do
        if type(value) ~= "number" then n = n + 1 end
      end
      return n
    end
    local function round()
      run(function()
        for _ = 1, 50 do
          fs.writeFile(name, "x", must())
          fs.stat("/nowhere/at/all", must())
          fs.readdir("/", { withFileTypes = true }, must())
          pcall(fs.readFileSync, "/nowhere/at/all")
          fs.readFileSync "/proc/self/status"
        end
      end)
    end
    round()
    local before = registry()
    for _ = 1, 5 do round() end
    assert.is_true(registry() <= before)
  end)

  it("without an error to tell: exists", function()
    run(function()
      fs.exists("/", must(function(...) assert.same({ true }, { ... }) end))
      fs.exists("/nowhere/at/all", must(function(...) assert.same({ false }, { ... }) end))
      for _, path in ipairs { 5, {}, "a\0b" } do
        fs.exists(path, must(function(...) assert.same({ false }, { ... }) end))
        assert.is_false(fs.existsSync(path))
      end
    end)
  end)
end)

-- -- blocking -----------------------------------------------------------------------------------------------------

describe("What takes long", function()
  local function fifo()
    local name = helper.path()
    assert(os.execute(("mkfifo '%s'"):format(name)))
    return name
  end

  it("does not keep the loop: a pipe is read while timers run", function()
    local name, ticks = fifo(), 0
    run(function()
      local timer
      fs.readFile(name, "utf8", must(function(err, text)
        assert.is_nil(err)
        assert.equal(("through the pipe "):rep(10000), text)
        assert.is_true(ticks >= 5)
        clearInterval(timer)
      end))
      timer = setInterval(function()
        ticks = ticks + 1
        if ticks == 5 then fs.writeFile(name, ("through the pipe "):rep(10000), must(function(err) assert.is_nil(err) end)) end
      end, 1)
    end)
  end)

  it("is begun after what was written to sockets has left: the peer may have to answer", function()
    local name = fifo()
    local result = helper.script(([[
      local fs, net = require "fs", require "net"
      local name, moonport = %q, %q
      local server = net.createServer(function(socket)
        socket:write "go"
        print(fs.readFileSync(name))
        socket:destroy()
      end):listen(0, "127.0.0.1")
      server:on("connection", function() server:close() end)
      local client = ("local socket = require 'net'.connect(%%d, '127.0.0.1') "
        .. "socket:on('data', function(word) require 'fs'.writeFileSync('%%s', word .. ' on') end)")
      io.popen(("%%s -e \"%%s\" &"):format(moonport, client:format(server:address().port, name))):close()
    ]]):format(name, helper.moonport:find "^/" and helper.moonport or process.cwd() .. "/" .. helper.moonport))
    assert.same({ 0, "go on\n", "" }, { result.code, result.out, result.err })
  end)

  it("is not stopped by its signal, but told so", function()
    local name = fifo()
    run(function()
      local controller = AbortController()
      fs.readFile(name, { signal = controller.signal }, must(function(err, data)
        assert.same({ "ABORT_ERR", "AbortError" }, { err.code, err.name })
        assert.equal("enough", err.cause)
        assert.is_nil(data)
      end))
      controller:abort "enough"
      fs.writeFile(name, "too late", must())
      raises("ERR_INVALID_ARG_TYPE", fs.readFile, name, { signal = {} }, function() end)
    end)
    local kept = helper.path()
    run(function()
      local function gone(err) assert.equal("ABORT_ERR", err.code) end
      fs.writeFile(kept, "x", { signal = AbortSignal.abort() }, must(gone))
      fs.appendFile(kept, "x", { signal = AbortSignal.abort() }, must(gone))
      assert.is_false(fs.existsSync(kept))
    end)
    assert.is_false(fs.existsSync(kept))
  end)

  it("may be tried again: a folder is removed when there are descriptors again", function()
    local root = helper.path()
    fs.mkdirSync(root .. "/below", { recursive = true })
    local result = helper.script(([[
      local fs, root, open = require "fs", %q, {}
      while true do
        local ok, fd = pcall(fs.openSync, "/dev/null")
        if not ok then break end
        open[#open + 1] = fd
      end
      fs.rm(root, { recursive = true }, function(err)
        print(err.code, err.path == root, err.syscall)
        fs.rm(root, { recursive = true, maxRetries = 300, retryDelay = 1 }, function(failure)
          print(failure, #open, fs.existsSync(root))
        end)
        setTimeout(function()
          while #open > 0 do fs.closeSync(table.remove(open)) end
        end, 20)
      end)
    ]]):format(root), { before = "ulimit -n 40;" })
    assert.same({ 0, "EMFILE\ttrue\tscandir\nnil\t0\tfalse\n", "" }, { result.code, result.out, result.err })
  end)
end)

-- -- the module ---------------------------------------------------------------------------------------------------

describe("The module fs", function()
  it("is one table by every name", function()
    assert.equal(fs, require "node:fs")
    assert.equal(fs, require "moonport:fs")
  end)

  it("has every operation in both forms", function()
    for name, value in pairs(fs) do
      if type(value) == "function" and not name:find "Stream$" then
        local other = name:match "^(.*)Sync$" or name .. "Sync"
        assert.equal("function", type(fs[other]), other)
      end
    end
    for name in helper.read_file "bindings/fs_operations.c":gmatch '{ "fs%.(%w+)"' do
      assert.equal("function", type(fs[name]), name)
    end
  end)

  it("lets methods be added to its classes, and says how they are called", function()
    function fs.Stats:isLarge() return self.size > 1e9 end
    assert.is_false(fs.statSync "/":isLarge())
    fs.Stats.isLarge = nil
    local stats, entry = fs.statSync "/", fs.readdirSync("/", { withFileTypes = true })[1]
    for _, wrong in ipairs { {}, 5, "x", entry } do raises("ERR_INVALID_THIS", stats.isFile, wrong) end
    for _, wrong in ipairs { {}, 5, "x", stats } do raises("ERR_INVALID_THIS", entry.isFile, wrong) end
    raises("ERR_INVALID_THIS", stats.isFile)
  end)

  it("asks whether this process may", function()
    local name = helper.path()
    fs.writeFileSync(name, "x", { mode = "600" })
    fs.accessSync(name, fs.constants.R_OK | fs.constants.W_OK)
    raises("EACCES", fs.accessSync, name, fs.constants.X_OK)
  end)

  it("tells what this process may not", function()
    local result, reason = helper.unprivileged [[
      local fs = require "fs"
      local folder = fs.mkdtempSync "/tmp/moonport-spec."
      local file = folder .. "/file"
      fs.writeFileSync(file, "x")
      fs.chmodSync(file, "0")
      fs.chmodSync(folder, "555")
      local calls = { { "access", file, fs.constants.R_OK }, { "readFile", file }, { "writeFile", file, "y" },
        { "appendFile", file, "y" }, { "writeFile", folder .. "/new", "y" }, { "mkdir", folder .. "/new" },
        { "unlink", file }, { "rename", file, folder .. "/new" }, { "open", file }, { "chown", "/", 0, 0 } }
      for _, call in ipairs(calls) do
        local ok, err = pcall(fs[call[1] .. "Sync"], table.unpack(call, 2))
        print(call[1], ok, err.code, err.syscall, err.path == call[2])
      end
      fs.chmodSync(folder, "755")
      fs.rmSync(folder, { recursive = true })]]
    if not result then return pending(reason) end
    assert.equal("", result.err)
    assert.equal([[
access	false	EACCES	access	true
readFile	false	EACCES	open	true
writeFile	false	EACCES	open	true
appendFile	false	EACCES	open	true
writeFile	false	EACCES	open	true
mkdir	false	EACCES	mkdir	true
unlink	false	EACCES	unlink	true
rename	false	EACCES	rename	true
open	false	EACCES	open	true
chown	false	EPERM	chown	true
]], result.out)
  end)
end)
