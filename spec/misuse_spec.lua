-- misuse_spec.lua - what a script must not do, or does a hundred times, in every event: nothing bad happens. Wrong
-- receivers, everything called from everywhere, listeners that throw. Wrong arguments: listen_spec, connect_spec, socket_spec.
local net = require "net"
local helper = require "spec.helper"
local core = require "moonport.core"
local leftovers = require "moonport.leftovers"
local run, must, raises = helper.run, helper.must, helper.raises

-- -- receivers ---------------------------------------------------------------------------------------------------

describe("A method called on something else", function()
  local timeout, immediate = setTimeout(function() end, 1), setImmediate(function() end)
  core.run() -- they are over
  local socket, server = net.Socket(), net.createServer()

  local function methods_of(object, names)
    local methods = {}
    for _, name in ipairs(names) do methods[name] = assert(object[name], name) end
    return methods
  end
  local classes = {
    Socket = { net.Socket.prototype, server },
    Server = { net.Server.prototype, socket },
    Timeout = { methods_of(timeout, { "ref", "unref", "hasRef", "refresh", "close" }), immediate },
    Immediate = { methods_of(immediate, { "ref", "unref", "hasRef" }), timeout },
  }
  local of_emitter = {}
  for name, method in pairs(core.emitter) do
    if type(method) == "function" and name ~= "new" and name ~= "extend" then of_emitter[name] = method end
  end

  local wrong = { io.stdout, "text", 5, true, print, coroutine.create(print) }
  for class, entry in pairs(classes) do
    local methods, other = table.unpack(entry)
    for name, method in pairs(methods) do
      if not of_emitter[name] then
        it(("raises: %s.%s"):format(class, name), function()
          raises("ERR_INVALID_THIS", method)
          for _, self in ipairs { other, {}, table.unpack(wrong) } do raises("ERR_INVALID_THIS", method, self, "x") end
        end)
      end
    end
  end

  for name, method in pairs(of_emitter) do -- any table is an emitter
    it("raises: EventEmitter." .. name, function()
      raises("ERR_INVALID_THIS", method)
      for _, self in ipairs(wrong) do raises("ERR_INVALID_THIS", method, self, "x", print) end
    end)
  end

  it("says how it is called, after a dot instead of a colon", function()
    local err = raises("ERR_INVALID_THIS", function() local _ = socket.write("text") end)
    assert.equal("TypeError", err.name)
    assert.truthy(err.message:find("with a colon: object:write(...)", 1, true))
  end)

  it("does not come by another metatable", function()
    assert.equal("Socket", getmetatable(socket))
    assert.has_error(function() setmetatable(socket, {}) end)
    assert.has_error(function() getmetatable(server).__gc(server) end)
  end)
end)

-- -- everything, a hundred times, in every event -----------------------------------------------------------------

-- event of a socket -> how to bring it about. The socket is not connected yet when f is nil.
local socket_events = {
  lookup = false, connectionAttempt = false, connect = false, ready = false,
  data = function(_, peer) peer:write "data" end,
  readable = function(_, peer) peer:write "data" end,
  ["end"] = function(socket, peer)
    socket:resume()
    peer:finish "x"
  end,
  prefinish = function(socket) socket:finish "x" end,
  finish = function(socket) socket:finish "x" end,
  drain = function(socket, peer)
    socket:write(helper.bytes(6000000))
    peer:resume()
  end,
  timeout = function(socket) socket:setTimeout(1) end,
  pause = function(socket) socket:pause() end,
  resume = function(socket) socket:resume() end,
  error = function(socket) socket:destroy(Error "wanted") end,
  close = function(socket) socket:destroy() end,
}

local socket_calls = {
  destroy = function(s) s:destroy() end,
  ["destroy with an error"] = function(s) s:destroy(Error "late") end,
  destroySoon = function(s) s:destroySoon() end,
  resetAndDestroy = function(s) s:resetAndDestroy() end,
  finish = function(s) s:finish() end,
  ["finish with data"] = function(s) s:finish("bye", function() end) end,
  write = function(s) s:write("more", function() end) end,
  ["cork and write"] = function(s) s:cork() s:write "corked" s:uncork() end,
  ["cork only"] = function(s) s:cork() s:write "held" end,
  pause = function(s) s:pause() end,
  resume = function(s) s:resume() end,
  ["pause and resume"] = function(s) s:pause():resume() end,
  read = function(s) s:read() s:read(0) s:read(7) end,
  unshift = function(s) s:unshift "back" end,
  setTimeout = function(s) s:setTimeout(1):setTimeout(0):setTimeout(5000) end,
  ["options"] = function(s) s:setNoDelay():setKeepAlive(true, 1000):setEncoding "utf8":ref():unref():ref() end,
  pipe = function(s) s:pipe(s) s:unpipe(s) end,
  ["properties"] = function(s)
    for _, name in ipairs { "remoteAddress", "localPort", "readyState", "bufferSize", "timeout", "fd", "errored" } do
      local _ = s[name]
    end
    return s:address(), tostring(s)
  end,
  removeAllListeners = function(s)
    s:removeAllListeners()
    s:on("error", function() end)
  end,
}

-- Lets a socket come to `event` once, where f(socket) runs; then everything is closed. counted() sees every event.
local function live(event, f, counted)
  local server, socket, peer
  local trigger = socket_events[event]
  local function over()
    setTimeout(function()
      socket:destroy()
      if peer then peer:destroy() end
      server:close { force = true }
    end, 1)
  end
  server = net.createServer(function(other)
    peer = other:on("error", function() end)
    if trigger and not socket.pending then trigger(socket, peer) end
  end):listen(0, "127.0.0.1")
  socket = net.Socket():on("error", function() end)
  for name in pairs(socket_events) do
    if name ~= "data" and name ~= "readable" then socket:on(name, function() counted(name) end) end
  end
  socket:once(event, function()
    over()
    f(socket)
  end)
  socket:connect({ host = "localhost", port = server:address().port, family = 4 }, function()
    if trigger and peer then trigger(socket, peer) end
  end)
  return socket
end

describe("A hundred calls in an event of a Socket do nothing bad:", function()
  for call, f in pairs(socket_calls) do
    it(call, function()
      for event in pairs(socket_events) do
        local closed, ran, late = 0, 0, nil
        run(function()
          live(event, function(socket)
            for _ = 1, 100 do f(socket) end
            ran = ran + 1
          end, function(name)
            if closed > 0 then late = name end
            if name == "close" then closed = closed + 1 end
          end)
        end)
        assert.equal(1, ran, event)
        if call ~= "removeAllListeners" then
          assert.equal(1, closed, "'close' after " .. event)
          assert.is_nil(late, event)
        end
      end
    end)
  end
end)

local server_events = {
  listening = function() end,
  connection = function(server) net.connect(helper.reach(server)):resume():on("error", function() end) end,
  drop = function(server)
    server.maxConnections = 0
    net.connect(helper.reach(server)):resume():on("error", function() end)
  end,
  close = function(server) server:close() end,
  error = function(server)
    server:close()
    server:listen { host = "8.8.8.8", port = 1 }
  end,
}

local server_calls = {
  close = function(s) s:close(function() end) end,
  ["close with force"] = function(s) s:close { force = true } end,
  closeAll = function(s) s:closeAll() s:closeAll(1) end,
  ["listen and close"] = function(s)
    pcall(s.listen, s, 0, "127.0.0.1")
    s:close()
  end,
  getConnections = function(s) s:getConnections(function() end) end,
  ["ref, unref"] = function(s) s:unref():ref() end,
  properties = function(s) return s:address(), s.listening, s.maxConnections, s.connectionCount, s.fd, tostring(s) end,
  removeAllListeners = function(s) s:removeAllListeners() end,
}

describe("A hundred calls in an event of a Server do nothing bad:", function()
  for call, f in pairs(server_calls) do
    it(call, function()
      for event, trigger in pairs(server_events) do
        local ran = 0
        run(function()
          local server = net.createServer():setMaxListeners(0)
          server:once(event, function()
            for _ = 1, 100 do f(server) end
            ran = ran + 1
            setTimeout(function() server:close { force = true } end, 1)
          end)
          server:listen(0, "127.0.0.1", function() trigger(server) end)
        end)
        assert.equal(1, ran, event)
      end
    end)
  end
end)

-- -- throwing ----------------------------------------------------------------------------------------------------

-- An error value keeps the traceback of where it was made; without one it gets that of the task it ended.
local function throw()
  local err = Error "thrown"
  err.traceback = nil
  error(err)
end

-- Runs f and the loop: the error that nobody caught; and lets the rest of it run to its end. Nothing is left then but
-- what keeps no loop alive: the runtime may still want to look at a socket that nobody read.
local function uncaught(f)
  local err = helper.uncaught(f)
  core.run()
  assert.same({}, leftovers.handles {})
  return err
end

describe("A listener that throws", function()
  for event in pairs(socket_events) do
    it(("of a Socket's '%s' is reported with its traceback, and the socket closes once"):format(event), function()
      local closed = 0
      local err = uncaught(function()
        live(event, function() throw() end, function(name)
          if name == "close" then closed = closed + 1 end
        end)
      end)
      assert.equal("thrown", err.message)
      assert.truthy(err.traceback:find "misuse_spec%.lua:%d+: in ", err.traceback)
      assert.truthy(err.traceback:find(("[listener of '%s' on net.Socket"):format(event), 1, true), err.traceback)
      assert.truthy(err.traceback:find "created at [%w./]*misuse_spec%.lua:%d+%]", err.traceback)
      assert.equal(1, closed)
    end)
  end

  for event, trigger in pairs(server_events) do
    it(("of a Server's '%s' is reported with its traceback, and the server still closes"):format(event), function()
      local server
      local err = uncaught(function()
        server = net.createServer()
        server:once(event, function()
          setTimeout(function() server:close { force = true } end, 1)
          throw()
        end)
        server:listen(0, "127.0.0.1", function() trigger(server) end)
      end)
      assert.equal("thrown", err.message)
      assert.truthy(err.traceback:find(("[listener of '%s' on net.Server"):format(event), 1, true), err.traceback)
      assert.is_false(server.listening)
    end)
  end

  it("may throw anything", function()
    for _, value in ipairs { "text", 5, false, {}, print, net.Socket() } do
      local got = uncaught(function() setImmediate(function() error(value, 0) end) end)
      assert.equal(value, got)
    end
    assert.is_nil(uncaught(function() error() end))
  end)

  it("of a write's, finish's, connect's, listen's or getConnections' callback is reported too", function()
    local calls = {
      function(s) s:write("x", throw) end,
      function(s) s:finish(throw) end,
      function(_, server) server:getConnections(throw) end,
      function(_, server) server:close(throw) end,
    }
    for i, call in ipairs(calls) do
      local closed = 0
      local err = uncaught(function()
        local server
        server = net.createServer(function(peer)
          peer:resume()
          call(peer, server)
          peer:finish():on("close", function() closed = closed + 1 end)
          server:close()
        end):listen(0, "127.0.0.1")
        net.connect(helper.reach(server)):resume()
      end)
      assert.equal("thrown", err.message)
      assert.equal(1, closed, i)
    end
  end)

  it("does not stop ticks, timers and other sockets, when 'uncaughtException' takes the error", function()
    run(function()
      process.once("uncaughtException", must(function(err) assert.equal("taken", err.message) end))
      helper.pair(nil, function(client, peer)
        peer:once("data", function()
          process.nextTick(must(function() peer:finish "after" end))
          error(Error "taken")
        end)
        helper.collect(client, function(got) assert.equal("after", got) end)
        client:write "go"
      end)
    end)
  end)
end)
