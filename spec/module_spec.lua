-- module_spec.lua - the module for stock lua5.4: require "moonport", in this very interpreter and in some of its own
-- that live and end as scripts do. spec/run runs it under stock Lua only, with the module on the C path.

local function globals()
  local names = {}
  for name in pairs(_G) do names[name] = true end
  return names
end

local function new_globals(before)
  local names = {}
  for name in pairs(_G) do
    if not before[name] then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

local before, exit_before = globals(), os.exit
local moonport = require "moonport"
local net = require "net"

-- -- scripts in an interpreter of their own ------------------------------------------------------------------------

local interpreter
for i = 0, -10, -1 do
  if not arg[i] then break end
  interpreter = arg[i]
end
local function quote(text) return "'" .. text:gsub("'", [['\'']]) .. "'" end

--- Runs source under stock Lua; returns what it printed, errors included, and how it ended: "exit 0".
local function script(source)
  local name = os.tmpname()
  local file = assert(io.open(name, "w"))
  file:write(source)
  file:close()
  local pipe = assert(io.popen(("timeout -k 1 20 %s %s 2>&1"):format(quote(interpreter), quote(name))))
  local text = pipe:read "a"
  local _, how, code = pipe:close()
  os.remove(name)
  return text, how .. " " .. code
end

local echo = [[
  local moonport = require "moonport"
  local net = require "net"
  local function echo(done)
    local server
    server = net.createServer(function(peer) peer:pipe(peer) end):listen(0, "127.0.0.1", function()
      local client = net.connect(server:address().port, "127.0.0.1")
      client:on("data", function(data) client:finish() done(data) end)
      client:on("close", function() server:close() end)
      client:write "word"
    end)
  end
]]

describe("The module in stock Lua", function()
  it("is loaded by an interpreter that is not ours", function()
    assert.truthy(interpreter and not interpreter:find "moonport", interpreter)
    assert.truthy(package.cpath:find("?.so", 1, true))
  end)

  it("has run, globals and version", function()
    assert.equal("function", type(moonport.run))
    assert.equal("function", type(moonport.globals))
    assert.truthy(moonport.version:find "^%d+%.%d+%.%d+$", moonport.version)
  end)

  it("leaves the globals and os.exit as they are", function()
    assert.same({}, new_globals(before))
    assert.equal(exit_before, os.exit)
  end)

  it("brings the modules that scripts require", function()
    for _, name in ipairs { "events", "timers", "console", "util", "process", "buffer", "node:net", "moonport:net" } do
      assert.equal("table", type(require(name)), name)
    end
    assert.equal(net, require "node:net")
    assert.same({}, new_globals(before))
  end)

  it("is the same table again after package.loaded was reset", function()
    local events, socket = require "events", net.Socket
    for _, name in ipairs { "moonport", "net", "events", "moonport.core", "moonport.net" } do package.loaded[name] = nil end
    assert.equal(moonport, require "moonport")
    assert.equal(net, require "net")
    assert.equal(events, require "events")
    assert.equal(socket, require "net".Socket)
  end)

  it("runs an echo", function()
    local got
    moonport.run(function(word)
      local server
      server = net.createServer(function(peer) peer:pipe(peer) end):listen(0, "127.0.0.1", function()
        local client = net.connect(server:address().port, "127.0.0.1")
        client:on("data", function(data)
          got = data
          client:finish()
        end)
        client:on("close", function() server:close() end)
        client:write(word)
      end)
    end, "a word")
    assert.equal("a word", got)
  end)

  it("runs again, and returns at once when there is nothing to do", function()
    local ran = 0
    for _ = 1, 3 do moonport.run(function() ran = ran + 1 end) end
    moonport.run()
    assert.equal(3, ran)
  end)

  it("raises from run what nobody caught, as it was thrown", function()
    local mine = {}
    local timers = require "timers"
    local ok, err = pcall(moonport.run, function() error(mine) end)
    assert.equal(false, ok)
    assert.equal(mine, err)
    ok, err = pcall(moonport.run, function() timers.setTimeout(function() error("later", 0) end, 1) end)
    assert.equal(false, ok)
    assert.equal("later", err)
    ok, err = pcall(moonport.run, function() net.connect(1, "127.0.0.1") end)
    assert.equal(false, ok)
    assert.equal("ECONNREFUSED", err.code)
    moonport.run() -- and nothing is left behind
  end)

  it("runs inside a coroutine", function()
    local got = {}
    local co = coroutine.wrap(function()
      local timers = require "timers"
      moonport.run(function() timers.setTimeout(function() got[#got + 1] = "timer" end, 1) end)
      coroutine.yield "yielded"
      got[#got + 1] = "end"
    end)
    assert.equal("yielded", co())
    co()
    assert.same({ "timer", "end" }, got)
  end)

  it("lets a coroutine of the script wait by callbacks", function()
    local timers = require "timers"
    local order = {}
    moonport.run(function()
      local co = coroutine.create(function(co)
        for i = 1, 3 do
          timers.setTimeout(function() assert(coroutine.resume(co)) end, 1)
          coroutine.yield()
          order[i] = i
        end
      end)
      assert(coroutine.resume(co, co))
    end)
    assert.same({ 1, 2, 3 }, order)
  end)
end)

describe("A script under stock Lua", function()
  it("echoes and ends", function()
    local text, status = script(echo .. "moonport.run(echo, print)")
    assert.equal("word\n", text)
    assert.equal("exit 0", status)
  end)

  it("has Node's globals after moonport.globals()", function()
    local text, status = script [[
      local moonport = require "moonport"
      assert(setTimeout == nil and process == nil and console == nil and Error == nil and Buffer == nil)
      assert(string.toString == nil and require "buffer".Buffer.toString("a", "hex") == "61")
      moonport.globals()
      moonport.run(function()
        setTimeout(function() console.log("timer %d", 1) end, 30)
        setImmediate(function() console.log("immediate", Error "e" .message) end)
        process.nextTick(console.log, "tick", Buffer.from "b":toString "hex")
      end)
    ]]
    assert.equal("tick 62\nimmediate e\ntimer 1\n", text)
    assert.equal("exit 0", status)
  end)

  it("ends as any Lua script does with an error that nobody caught", function()
    local text, status = script [[
      require "moonport".run(function() require "timers".setTimeout(function() error "oh no" end, 1) end)
    ]]
    assert.equal("exit 1", status)
    assert.truthy(text:find "oh no", text)
  end)

  it("exits with its code: os.exit as ever, process.exit with the listeners of 'exit'", function()
    for _, case in ipairs {
      { "os.exit(3)", "", "exit 3" },
      { "os.exit(4, true)", "", "exit 4" },
      { "timers.setTimeout(os.exit, 1, 5)", "", "exit 5" },
      { "timers.setTimeout(os.exit, 1, 6, true)", "", "exit 6" }, -- lua_close within a callback
      { "process.exit(7)", "told 7\n", "exit 7" },
      { "timers.setTimeout(process.exit, 1, 8)", "told 8\n", "exit 8" },
      { "pcall(process.exit, 9) print 'not here'", "told 9\n", "exit 9" },
      { "table.sort({ 1, 2 }, function() process.exit(10) end)", "told 10\n", "exit 10" },
      { "local s s = net.createServer(function() os.exit(11, true) end):listen(0, '127.0.0.1', function()\n" ..
        "net.connect(s:address().port, '127.0.0.1'):write(('x'):rep(1000000)) end)", "", "exit 11" },
    } do
      local text, status = script(([[
        local moonport = require "moonport"
        local process, timers, net = require "process", require "timers", require "net"
        process:on("exit", function(code) print("told " .. code) end)
        moonport.run(function() %s end)
        print "not here"
      ]]):format(case[1]))
      assert.equal(case[2], text, case[1])
      assert.equal(case[3], status, case[1])
    end
  end)

  it("closes cleanly with everything under way", function()
    local busy = [[
      local net, timers = require "net", require "timers"
      server = net.createServer(function(peer)
        peer:write(("x"):rep(3000000))
        peer:setTimeout(60000)
      end):listen(0, "127.0.0.1")
      for _ = 1, 5 do net.connect(server:address().port, "127.0.0.1"):write(("x"):rep(3000000)) end
      net.connect(server:address().port, "localhost")
      net.createServer():listen("\0moonport-module-spec-" .. tostring({}))
      timers.setInterval(function() end, 1)
      timers.setImmediate(function() end)
    ]]
    for _, rest in ipairs {
      "", -- run was never called
      "require 'moonport'.run(function() timers.setTimeout(error, 20, 'enough', 0) end)",
      "pcall(require 'moonport'.run, function() timers.setTimeout(error, 20, 'enough', 0) end)",
      "pcall(require 'moonport'.run, function() timers.setTimeout(error, 5) end) os.exit(0, true)",
      "server, net, timers = nil package.loaded.net = nil collectgarbage() collectgarbage()",
    } do
      local text, status = script("require 'moonport'\n" .. busy .. rest)
      local expected = rest:find "^require" and "exit 1" or "exit 0"
      assert.equal(expected, status, rest .. ": " .. text)
      assert.equal(expected == "exit 1", text ~= "", rest .. ": " .. text)
    end
  end)

  it("collects what it drops", function()
    local text, status = script(echo .. [[
      local alive = setmetatable({}, { __mode = "k" })
      moonport.run(function()
        for _ = 1, 50 do
          alive[net.Socket()] = true
          alive[net.createServer()] = true
          echo(function() end)
        end
      end)
      collectgarbage() collectgarbage()
      print(next(alive))
    ]])
    assert.equal("nil\n", text)
    assert.equal("exit 0", status)
  end)

  it("may be required by several names, also when package.searchers is bare", function()
    local text, status = script [[
      local first = require "moonport"
      package.loaded.moonport = nil
      assert(require "moonport" == first)
      package.loaded.moonport = nil
      local open = assert(package.loadlib(package.searchpath("moonport", package.cpath), "luaopen_moonport"))
      assert(open("moonport", "x") == first)
      print(require "moonport.moonport" == first)
    ]]
    assert.equal("true\n", text)
    assert.equal("exit 0", status)
  end)
end)
