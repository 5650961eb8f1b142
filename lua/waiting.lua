-- waiting.lua - the verbs of the waiting style that are made of events: wait, events, accept, connections, serve, and
-- those of UDP. Those of a stream's bytes are bindings/stream_wait.c's.
local core = require "moonport.core"
local limited = require "moonport.limit"
local line = require "moonport.line"
local errors = core.errors

local waiting = {}

local function is_closed(state) return state.closed end

-- Something to be undone when a wait is over, whatever ends it.
local function finally(f) return setmetatable({}, { __close = f }) end

-- -- any emitter --------------------------------------------------------------------------------------------------

local function premature() return errors.coded "ERR_STREAM_PREMATURE_CLOSE" end

local stopped = setmetatable({}, { __mode = "k" }) -- server -> true from close() to the next listen()

-- Whether the 'close' of a server or UDP socket was told, which have no property for that.
local function has_closed(emitter)
  if stopped[emitter] then return not core.server_is_closing(emitter) end
  return emitter.bindSync ~= nil and select(2, core.udp_is_closed(emitter))
end

-- What `event` has already told, or what keeps it from coming: true, results... | nil when it is to be waited for.
local function known(emitter, event)
  if type(emitter) ~= "userdata" then return nil end
  if event == "close" then
    if emitter.closed then return true, true, emitter.hadError end
    if has_closed(emitter) then return true, true end
    return nil
  end
  if event == "connect" and emitter.readyState == "open" and not emitter.destroyed then return true, emitter end
  if event == "listening" and emitter.listening then return true, emitter end
  if emitter.errored ~= nil and emitter.destroyed then return true, nil, emitter.errored end
  if emitter.destroyed or event ~= "listening" and has_closed(emitter) then return true, nil, premature() end
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
  local queue, first, last, takers = {}, 1, 0, line.new()
  local function on_event(...)
    last = last + 1
    queue[last] = table.pack(...)
    line.call_first(takers)
  end
  local function on_close()
    queue.closed = true
    line.call_all(takers)
  end
  emitter:on(event, on_event)
  if event ~= "close" then emitter:once("close", on_close) end
  local closer = finally(function()
    emitter:off(event, on_event)
    if event ~= "close" then emitter:off("close", on_close) end
  end)
  local function length() return last - first + 1 end
  local function next_event()
    core.can_wait()
    if not limited(limit, line.wait_for, takers, "events", queue, length, is_closed) then return nil end
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

-- A store: { first =, last =, takers = line, pause = function(paused), closed =, failure = }. What one task did not take
-- in time is the next one's.
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

local function count(store) return store.last - store.first + 1 end
local function is_over(store) return store.closed or store.failure ~= nil end

-- -> value | nil: closed | nil, err; an iterator leaves a failure to the next verb
local function take(limit, store, what, iterates)
  local ok, late = line.wait_for(limit, store.takers, what, store, count, is_over)
  if ok == nil then return nil, late end
  if not ok then
    local err = store.failure
    if not iterates then store.failure = nil end
    if err == nil then return nil end
    return nil, err
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

--- For net.lua: nothing comes from this server any more.
function waiting.stopped(server)
  stopped[server] = true
  if stores[server] then close(stores[server]) end
end

--- For net.lua: it listens, or is about to.
function waiting.started(server)
  stopped[server] = nil
  local store = stores[server]
  if store then store.closed, store.failure, store.paused = false, nil, false end
end

local function accepts(server)
  local store = stores[server]
  if store then return store end
  store = new_store(function(paused) core.server_pause(server, paused) end)
  store.closed = stopped[server]
  stores[server] = store
  local function accepted(socket)
    socket.allowHalfOpen = true
    add(store, socket)
  end
  if server:listenerCount "connection" == 0 then -- those who came before anybody asked
    for _, socket in ipairs(core.server_sockets(server)) do accepted(socket) end
  end
  server:on("connection", accepted)
  server:on("error", function(err) fail(store, err) end)
  return store
end

local Server, UDPSocket = core.Server, core.UDPSocket

--- server:accept([limit]) -> socket | nil: the server was closed, whether or not connections are left | nil, err. Waits.
--- The sockets are half-open: finish or destroy each.
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
    if socket.destroyed then return end
    socket:finish()
    if core.server_unread(socket) then socket:resume() end -- else it would never end
    return
  end
  socket:destroy()
  if failed and not server:emit("taskError", err, socket) then core.warn_failure(err) end
end

--- server:serve(handler) -> self: handler(socket, server) runs as a task for each connection. When it returns, what it
--- wrote still goes out, and what it has not read is dropped; when it raises, its connection is destroyed, and
--- 'taskError'(err, socket) tells, or stderr. closeAll(graceMs) and close{force=true} cancel those that are left. Not in
--- Node.
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
  if not store then
    store = new_store(function(paused)
      if not core.udp_is_closed(socket) then core.udp_pause(socket, paused) end
    end)
    store.listener = function(message, info) add(store, { message, info }) end
    stores[socket] = store
    socket:on("message", store.listener)
    socket:on("close", function() close(store) end)
    socket:on("error", function(err) fail(store, err) end)
  end
  -- a full store would keep messages from the others: they are stopped together
  local listeners = socket:listenerCount "message"
  if listeners == 0 then -- all were removed
    socket:on("message", store.listener)
  elseif listeners > 1 then
    error(errors.make("Error", "ERR_SOCKET_HAS_LISTENERS",
      "receive() on a socket with 'message' listeners: its messages go to them"), 0)
  end
  return store
end

local function received(entry, ...)
  if entry then return entry[1], entry[2] end
  return entry, ...
end

local function receive(limit, socket, iterates)
  return received(take(limit, receives(socket), "receive", iterates))
end

--- udp:receive([limit]) -> message, info | nil: it is closed | nil, err. Raises when the socket has listeners of
--- 'message'. Waits.
function UDPSocket:receive(limit)
  core.receiver(self, "UDPSocket", "receive")
  core.can_wait()
  if core.udp_is_closed(self) then return nil end
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
