-- net.lua - the module net: https://nodejs.org/api/net.html. Here the shapes of arguments become one options table,
-- and what is composed of other things is composed; sockets and servers themselves are bindings/'s.
local core = require "moonport.core"
local abort = require "moonport.abort"
local connect = require "moonport.connect"
local pipe = require "moonport.pipe"
local waiting = require "moonport.waiting"
local errors, tick = core.errors, core.process.next_tick
local Socket, Server = core.Socket, core.Server

waiting.add(Socket)
waiting.add(Server)

local net = {}

-- (options[, callback]) | (path[, callback]) | (port[, host][, ...][, callback]) -> options, callback
local function normalize(...)
  local n = select("#", ...)
  local first = ...
  local last = n > 0 and select(n, ...) or nil
  local callback = errors.is_callable(last) and type(last) ~= "userdata" and last or nil
  if n == 0 or first == nil and n == 1 or (callback and n == 1) then return {}, callback end
  if type(first) == "table" or type(first) == "userdata" then return first, callback end
  if type(first) == "string" and not tonumber(first) and first ~= "" then return { path = first }, callback end
  local second = select(2, ...)
  return { port = first, host = type(second) == "string" and second or nil }, callback
end

-- -- Socket -------------------------------------------------------------------------------------------------------

-- The option onread: f(data), or as in Node a table with callback(nread, data). false: stop reading.
local function check_onread(onread)
  if onread == nil then return nil end
  if type(onread) == "table" and onread.callback ~= nil then
    local callback = onread.callback
    if not errors.is_callable(callback) then errors.raise_type("options.onread.callback", "of type function", callback) end
    return function(data) return callback(#data, data) end
  end
  if not errors.is_callable(onread) then errors.raise_type("options.onread", "of type function", onread) end
  return onread
end

-- The socket will connect with what a BoundSocket has bound; its port or path is given back when it is closed.
local function adopt(socket, bound)
  net.BoundSocket._adopt(bound)
  connect.bound[socket] = bound
  socket:once("close", function()
    connect.bound[socket] = nil
    net.BoundSocket._release(bound)
  end)
end

--- net.Socket([options]): a socket that is not connected, or that takes the descriptor options.fd over.
--- The options are lua/types/net.lua's SocketOptions; a number is the descriptor.
--- @param options SocketOptions|integer|nil
--- @return Socket
local function new_socket(options)
  if type(options) == "number" then options = { fd = options } end
  if options ~= nil and type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  if options then
    for _, name in ipairs { "objectMode", "readableObjectMode", "writableObjectMode" } do
      if options[name] then errors.raise_value("options." .. name, "is not supported", options[name]) end
    end
    if options.signal ~= nil then abort.check(options.signal) end
  end
  if options and options.blockList ~= nil then net.BlockList._check(options.blockList, "options.blockList") end
  local on_chunk = options and check_onread(options.onread)
  local bound = options and options.handle
  if bound ~= nil then
    if not net.BoundSocket._is(bound) then errors.raise_type("options.handle", "an instance of BoundSocket", bound) end
    bound:fd() -- raises when it is somebody's already
  end
  local socket = core.socket_new(options)
  if bound then adopt(socket, bound) end
  if options then socket.blockList = options.blockList end
  if options and options.signal then abort.destroys(options.signal, socket, true) end
  if on_chunk then
    core.socket_set_onread(socket, function(data)
      if on_chunk(data) == false then core.socket_hold_onread(socket) end
    end)
  end
  return socket
end

--- socket:connect(options[, listener]) | (path[, listener]) | (port[, host][, listener]) -> self
function Socket:connect(...)
  core.receiver(self, "Socket", "connect")
  local options, listener = normalize(...)
  if type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  connect.start(self, options, listener)
  return self
end

pipe.install(Socket, "Socket")

--- net.connect(options[, listener]) | (path[, listener]) | (port[, host][, listener]) -> Socket
function net.createConnection(...)
  local options, listener = normalize(...)
  local socket = new_socket(type(options) == "table" and options or nil)
  if options.timeout then socket:setTimeout(options.timeout) end
  return socket:connect(options, listener)
end
net.connect = net.createConnection

-- -- Server -------------------------------------------------------------------------------------------------------

--- net.createServer([options][, connectionListener]) -> Server
--- @param options ServerOptions|fun(socket: Socket)|nil
--- @param listener fun(socket: Socket)?
--- @return Server
function net.createServer(options, listener)
  if type(options) == "function" then options, listener = nil, options end
  if options ~= nil and type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  local server = core.server_new(options)
  if errors.is_callable(listener or false) then server:on("connection", listener) end
  return server
end

-- Ends the connections that are left: of serve() the tasks, whose sockets go with them, of all the sockets.
local function end_all(server)
  core.server_cancel(server)
  for _, socket in ipairs(core.server_sockets(server)) do socket:destroy() end
end

local listening_id = setmetatable({}, { __mode = "k" }) -- server -> number of its last listen() or close()

local function listen_error(errno, address, port)
  local err = errors.system(errno, "listen", address or "", port)
  local target = address and (port and port > 0 and ("%s:%d"):format(address, port) or address)
  err.message = ("listen %s: %s%s"):format(err.code, core.strerror(errno), target and " " .. target or "")
  err.address = address
  return err
end

-- where: the line of the script that called listen()
local function fail_by_tick(server, where, errno, address, port)
  if errno then
    local err = require "moonport.hint".listen(listen_error(errno, address, port), address, port)
    err.where = where
    tick(function() server:emit("error", err) end)
  end
end

local function listen_now(server, where, options)
  fail_by_tick(server, where, core.server_listen(server, options), options.path or options.host or "::", options.port)
end

local function backlog_of(options, ...)
  if options.backlog then return options.backlog end
  for i = 2, 3 do
    local number = tonumber((select(i, ...)))
    if number and number > 0 then return math.tointeger(number) or 511 end
  end
end

local function bad_options(options)
  local missing = type(options) == "table" and options.port == nil and options.path == nil
  errors.raise_value("options", missing and 'must have the property "port" or "path"' or "is invalid", options)
end

local function follow_abort(server, signal)
  local function on_abort() server:close() end
  if signal.aborted then
    tick(on_abort)
  else
    signal:once("abort", on_abort)
    server:once("close", function() signal:off("abort", on_abort) end)
  end
end

local function check_path(options)
  if #options.path == 0 then bad_options(options) end
  if options.path:byte() == 0 and (options.readableAll or options.writableAll) then
    errors.raise_value("options", "can not set readableAll or writableAll to true when path is abstract unix socket", options)
  end
  if options.path:byte() ~= 0 and options.path:find("\0", 1, true) then
    errors.raise_value("options.path", "must be a string without null bytes", options.path)
  end
end

-- The first address of a name that is not link-local, as Node takes it; the error is an event.
local function lookup_and_listen(server, where, options)
  local id = listening_id[server]
  require "moonport.dns".lookup(options.host, { all = true }, function(err, found)
    if listening_id[server] ~= id then return end
    if err then
      err.where = where
      server:emit("error", err)
      return
    end
    local address = found[1].address
    for _, entry in ipairs(found) do
      if not entry.address:lower():find "^fe[89ab]" then
        address = entry.address
        break
      end
    end
    options.host = address
    listen_now(server, where, options)
  end)
end

-- listen()'s options as a table of our own. handle: an object that gives its descriptor up; fd: a descriptor.
local function listen_options(given, first)
  if type(given) == "userdata" then return { handle = given } end
  local options = {}
  for _, key in ipairs { "port", "host", "path", "backlog", "exclusive", "ipv6Only", "reusePort", "readableAll",
    "writableAll", "signal", "fd", "handle" } do
    options[key] = given[key]
  end
  if first == nil or errors.is_callable(first) and type(first) ~= "table" then options.port = 0 end
  if type(options.handle) == "table" then options.fd, options.handle = options.handle.fd, nil end
  if math.type(options.fd) ~= "integer" or options.fd < 0 then options.fd = nil end
  return options
end

local function check_backlog(backlog)
  if backlog == nil then return end
  if type(backlog) ~= "number" then errors.raise_type("options.backlog", "of type number", backlog) end
  if not math.tointeger(backlog) then errors.raise_range("options.backlog", "an integer", backlog) end
end

-- A BoundSocket that may be adopted: true; another object with a descriptor: false.
local function check_handle(handle)
  if type(handle) ~= "userdata" then errors.raise_value("options.handle", "is invalid", handle) end
  if net.BoundSocket._is(handle) then return handle:fd() ~= nil end
  if handle.fd == nil then bad_options(handle) end
  return false
end

-- Checks port and host, or path.
local function check_place(options, given)
  if type(options.port) == "number" or type(options.port) == "string" then
    local port = core.to_port(options.port)
    if not port then errors.raise_port("options.port", options.port) end
    options.port, options.path = port, nil
    if options.host ~= nil and type(options.host) ~= "string" then
      errors.raise_type("hostname", "of type string", options.host)
    end
    if options.host == "" then options.host = nil end
    if options.host and options.host:find("\0", 1, true) then
      errors.raise_value("hostname", "must be a string without null bytes", options.host)
    end
  elseif type(options.path) == "string" and options.port == nil then
    check_path(options)
    options.host = nil
  else
    bad_options(type(given) == "table" and given or { port = given })
  end
end

local function listen_on_bound(server, where, bound, backlog)
  local family, address, port = net.BoundSocket._name(bound)
  fail_by_tick(server, where, core.server_adopt_bound(server, bound, backlog), address, family ~= 0 and port or nil)
end

--- server:listen([port[, host[, backlog]]][, callback]) | (path[, backlog][, callback]) | (options[, callback]) |
--- (handle[, backlog][, callback]) -> self. Errors of the system arrive as 'error'.
function Server:listen(...)
  core.receiver(self, "Server", "listen")
  local given, callback = normalize(...)
  if self.listening then error(errors.coded "ERR_SERVER_ALREADY_LISTEN", 0) end
  local options = listen_options(given, (...))
  options.backlog = backlog_of(options, ...)
  check_backlog(options.backlog)
  if options.signal ~= nil then abort.check(options.signal, "options.signal") end
  local is_bound = options.handle ~= nil and check_handle(options.handle)
  if options.handle == nil and not options.fd then check_place(options, given) end

  listening_id[self] = (listening_id[self] or 0) + 1
  waiting.started(self)
  if callback then self:once("listening", callback) end
  if options.signal then follow_abort(self, options.signal) end
  local where = core.server_called(self)
  if is_bound then
    listen_on_bound(self, where, options.handle, options.backlog)
  elseif options.handle ~= nil or options.fd then
    local fd = options.handle and core.take_descriptor(options.handle) or options.fd
    fail_by_tick(self, where, core.server_adopt(self, fd, options.backlog))
  elseif options.host and core.is_ip(options.host) == 0 then
    lookup_and_listen(self, where, options)
  else
    listen_now(self, where, options)
  end
  return self
end

--- server:close([callback]) | ({ force = true }[, callback]) -> self: stops accepting; 'close' and the callback come
--- when the last connection is gone. force destroys the connections.
function Server:close(options, callback)
  core.receiver(self, "Server", "close")
  if errors.is_callable(options or false) and type(options) ~= "table" then options, callback = nil, options end
  if type(options) ~= "table" then options = nil end
  listening_id[self] = (listening_id[self] or 0) + 1
  if errors.is_callable(callback or false) then
    if self.listening then
      self:once("close", callback)
    else
      self:once("close", function() callback(errors.coded "ERR_SERVER_NOT_RUNNING") end)
    end
  end
  core.server_close(self)
  waiting.stopped(self)
  if options and options.force then end_all(self) end
  return self
end

--- server:closeAll([graceMs = 0]) -> self: close(), and after graceMs milliseconds the connections that are left are
--- destroyed. Not in Node.
function Server:closeAll(grace)
  core.receiver(self, "Server", "closeAll")
  if grace ~= nil and (type(grace) ~= "number" or grace ~= grace or grace < 0) then
    errors.raise_type("graceMs", "of type number", grace)
  end
  if not grace or grace == 0 then return self:close { force = true } end
  self:close()
  local timer = core.timers.setTimeout(end_all, grace, self)
  self:once("close", function() core.timers.clearTimeout(timer) end)
  return self
end

-- -- the module ---------------------------------------------------------------------------------------------------

--- net.isIP(value) -> 4, 6 or 0
function net.isIP(value) return core.is_ip(value) end
function net.isIPv4(value) return core.is_ip(value) == 4 end
function net.isIPv6(value) return core.is_ip(value) == 6 end

function net.getDefaultAutoSelectFamily() return connect.autoSelectFamily end

--- @param value boolean
function net.setDefaultAutoSelectFamily(value)
  if type(value) ~= "boolean" then errors.raise_type("value", "of type boolean", value) end
  connect.autoSelectFamily = value
end

function net.getDefaultAutoSelectFamilyAttemptTimeout() return connect.autoSelectFamilyAttemptTimeout end

--- @param ms integer less than 10 becomes 10
function net.setDefaultAutoSelectFamilyAttemptTimeout(ms)
  connect.autoSelectFamilyAttemptTimeout = connect.check_attempt_timeout(ms, "value")
end

-- A class as scripts see it: callable, with `new`, and with the table of its methods as `prototype`.
local function class(make, methods)
  return setmetatable({ new = make, prototype = methods }, { __call = function(_, ...) return make(...) end })
end

net.Socket = class(new_socket, Socket)
net.Stream = net.Socket
net.Server = class(net.createServer, Server)

-- A server whose sockets nobody reads: they never end, which is Node's rule and a surprise. Whoever only wants to look
-- something up before reading has a second for it.
core.on_unread(function(socket)
  core.timers.setTimeout(function()
    if not core.is_unread(socket) then return end
    core.process.warn_of("UnreadSocketWarning", "the peer of this server's socket has ended, but nobody reads what it "
      .. "sent: 'end' and 'close' wait for a 'data' listener, resume() or the like", socket)
  end, 1000):unref()
end)

-- What few scripts use is loaded by those that do.
local rare = { BlockList = "moonport.blocklist", SocketAddress = "moonport.socket_address",
  BoundSocket = "moonport.bound_socket" }

return setmetatable(net, { __index = function(_, key) return rare[key] and require(rare[key]) end })
