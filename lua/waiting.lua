-- waiting.lua - the verbs of the waiting style that are made of events: wait, events, accept, connections, serve, and
-- those of UDP. Those of a stream's bytes are bindings/stream_wait.c's.
local core = require "moonport.core"
local limited = require "moonport.limit"
local line = require "moonport.line"
local errors = core.errors

local waiting = {}

-- Something to be undone when a wait is over, whatever ends it.
local function finally(f) return setmetatable({}, { __close = f }) end

-- -- any emitter --------------------------------------------------------------------------------------------------

local function premature() return errors.coded "ERR_STREAM_PREMATURE_CLOSE" end

-- What `event` has already told, or what keeps it from coming: true, results... | nil when it is to be waited for.
local function known(emitter, event)
  if type(emitter) ~= "userdata" then return nil end
  if event == "close" then
    if emitter.closed then return true, true, emitter.hadError end
    return nil
  end
  if event == "connect" and emitter.readyState == "open" and not emitter.destroyed then return true, emitter end
  if event == "listening" and emitter.listening then return true, emitter end
  if emitter.errored ~= nil and emitter.destroyed then return true, nil, emitter.errored end
  if emitter.destroyed then return true, nil, premature() end
end

local function told(emitter, event, kind, ...)
  if kind == "error" then return nil, (...) end
  if event == "close" then return true, ... end
  if kind == "close" then return nil, premature() end
  if select("#", ...) == 0 then return emitter end
  return ...
end

local function finish_wait(emitter, event, ok, ...)
  if not ok then return nil, ... end
  return told(emitter, event, ...)
end

local function wait(limit, emitter, event)
  local wake = core.waker()
  local listeners = { [event] = function(...) wake("event", ...) end }
  if event ~= "error" then listeners.error = function(err) wake("error", err) end end
  if event ~= "close" then listeners.close = function() wake "close" end end
  for name, listener in pairs(listeners) do emitter:once(name, listener) end
  local _ <close> = finally(function()
    for name, listener in pairs(listeners) do emitter:off(name, listener) end
  end)
  return finish_wait(emitter, event, core.wait(limit, "wait"))
end

local function finish_known(limit, emitter, event, is_known, ...)
  if is_known then return ... end
  return limited(limit, wait, emitter, event)
end

--- emitter:wait(event[, limit]) -> the event's arguments, or the emitter where it has none | nil, err: 'error' came
--- first, or 'close'. wait("close") -> true, hadError. Waits.
function waiting.wait(emitter, event, limit)
  core.check_emitter(emitter, "wait")
  if event == nil then errors.raise_type("event", "not nil", event) end
  core.can_wait()
  return finish_known(limit, emitter, event, known(emitter, event))
end

--- for a, b in emitter:events(event[, limit]) do: each time it is emitted, in order; ends after 'close', or when it was
--- not emitted for so long. Waits.
function waiting.events(emitter, event, limit)
  core.check_emitter(emitter, "events")
  if event == nil then errors.raise_type("event", "not nil", event) end
  local queue, first, last, ended, wake = {}, 1, 0, false, nil
  local function tell()
    local waker = wake
    wake = nil
    if waker then waker() end
  end
  local function on_event(...)
    last = last + 1
    queue[last] = table.pack(...)
    tell()
  end
  local function on_close()
    ended = true
    tell()
  end
  emitter:on(event, on_event)
  if event ~= "close" then emitter:once("close", on_close) end
  local closer = finally(function()
    emitter:off(event, on_event)
    if event ~= "close" then emitter:off("close", on_close) end
  end)
  local function wait_for_one(ms)
    wake = core.waker()
    return core.wait(ms, "events")
  end
  local function next_event()
    while first > last and not ended and limited(limit, wait_for_one) do end
    if first > last then return nil end
    local arguments = queue[first]
    queue[first] = nil
    first = first + 1
    if arguments.n == 0 then return emitter end
    return table.unpack(arguments, 1, arguments.n)
  end
  return next_event, nil, nil, closer
end

--- What a boolean is when it is called: socket.closed is one, as in Node, and socket:closed([limit]) is the verb
--- -> hadError, once it is closed | nil, err. Waits.
function waiting.closed(_, socket, limit)
  if type(socket) ~= "userdata" or not socket.destroySoon then error("attempt to call a boolean value", 2) end
  local ok, had_error = waiting.wait(socket, "close", limit)
  if not ok then return nil, had_error end
  return had_error
end

--- Gives a class of emitters both.
function waiting.add(class)
  class.wait, class.events = waiting.wait, waiting.events
end

-- -- what comes while nobody takes it ------------------------------------------------------------------------------------------

-- A store: { first =, last =, takers = line, pause = function(paused), closed =, failure = }.
local AT_MOST = 64

local function new_store(pause)
  return { first = 1, last = 0, takers = line.new(), pause = pause, paused = false }
end

local function add(store, value)
  store.last = store.last + 1
  store[store.last] = value
  line.call_first(store.takers)
  if not store.paused and store.last - store.first + 1 >= AT_MOST then
    store.paused = true
    store.pause(true)
  end
end

local function close(store)
  store.closed = true
  line.call_all(store.takers)
end

local function fail(store, err)
  store.failure = err
  line.call_all(store.takers)
end

-- -> value | nil: closed | nil, err; an iterator leaves a failure to the next verb
local function take(limit, store, what, iterates)
  while store.first > store.last do
    if store.closed then return nil end
    local err = store.failure
    if err then
      if not iterates then store.failure = nil end
      return nil, err
    end
    local ok, late = line.wait(limit, store.takers, what, function() line.call_first(store.takers) end)
    if not ok then return nil, late end
  end
  local value = store[store.first]
  store[store.first] = nil
  store.first = store.first + 1
  if store.paused and store.first > store.last then
    store.paused = false
    store.pause(false)
  end
  return value
end

local stores = setmetatable({}, { __mode = "k" }) -- server or UDP socket -> its store

-- -- Server -------------------------------------------------------------------------------------------------------

local function accepts(server)
  local store = stores[server]
  if store then return store end
  store = new_store(function(paused) core.server_pause(server, paused) end)
  stores[server] = store
  local function accepted(socket)
    socket.allowHalfOpen = true
    add(store, socket)
  end
  if server:listenerCount "connection" == 0 then -- those who came before anybody asked
    for _, socket in ipairs(core.server_sockets(server)) do accepted(socket) end
  end
  server:on("connection", accepted)
  server:on("close", function() close(store) end)
  server:on("listening", function() store.closed = false end)
  server:on("error", function(err) fail(store, err) end)
  return store
end

local Server, UDPSocket = core.Server, core.UDPSocket

--- server:accept([limit]) -> socket | nil: the server is closed | nil, err. Waits. The sockets are half-open: finish
--- or destroy each.
function Server:accept(limit)
  core.receiver(self, "Server", "accept")
  core.can_wait()
  return limited(limit, take, accepts(self), "accept")
end

--- for socket in server:connections([limit]) do: until the server is closed, none came for so long, or an error that
--- the next verb tells. Waits.
function Server:connections(limit)
  core.receiver(self, "Server", "connections")
  return function()
    core.can_wait()
    return (limited(limit, take, accepts(self), "accept", true))
  end
end

local function ended(socket, failed, err, cancelled)
  local server = socket.server
  if not failed and not cancelled then
    if not socket.destroyed then socket:finish() end
    return
  end
  socket:destroy()
  if failed and not server:emit("taskError", err, socket) then core.warn_failure(err) end
end

--- server:serve(handler) -> self: handler(socket) runs as a task for each connection. When it returns, what it wrote
--- still goes out; when it raises, its connection is destroyed, and 'taskError'(err, socket) tells, or stderr.
--- closeAll(graceMs) and close{force=true} cancel those that are left. Not in Node.
function Server:serve(handler)
  core.receiver(self, "Server", "serve")
  if not errors.is_callable(handler or false) then errors.raise_type("handler", "of type function", handler) end
  self:on("connection", function(socket)
    socket.allowHalfOpen = true
    core.server_serve(handler, socket, self, ended)
  end)
  return self
end

-- -- UDP ----------------------------------------------------------------------------------------------------------

local function receives(socket)
  local store = stores[socket]
  if store then return store end
  store = new_store(function(paused)
    if not core.udp_is_closed(socket) then core.udp_pause(socket, paused) end
  end)
  stores[socket] = store
  socket:on("message", function(message, info) add(store, { message, info }) end)
  socket:on("close", function() close(store) end)
  socket:on("error", function(err) fail(store, err) end)
  return store
end

local function receive(limit, socket, iterates)
  local entry, err = take(limit, receives(socket), "receive", iterates)
  if not entry then return nil, err end
  return entry[1], entry[2]
end

--- udp:receive([limit]) -> message, info | nil: it is closed | nil, err. Waits.
function UDPSocket:receive(limit)
  core.receiver(self, "UDPSocket", "receive")
  core.can_wait()
  if core.udp_is_closed(self) then error(errors.coded "ERR_SOCKET_DGRAM_NOT_RUNNING", 0) end
  return limited(limit, receive, self)
end

--- for message, info in udp:messages([limit]) do: until it is closed, none came for so long, or an error that the next
--- verb tells. Waits.
function UDPSocket:messages(limit)
  core.receiver(self, "UDPSocket", "messages")
  return function()
    core.can_wait()
    if core.udp_is_closed(self) then return nil end
    return limited(limit, receive, self, true)
  end
end

return waiting
