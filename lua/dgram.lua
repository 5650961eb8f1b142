-- dgram.lua - the module dgram: https://nodejs.org/api/dgram.html. Here the shapes of arguments are told apart, and
-- names are looked up before what needs their address is done; sockets themselves are bindings/udp.c's.
local core = require "moonport.core"
local abort = require "moonport.abort"
local errors, tick = core.errors, core.process.next_tick
local UDPSocket = core.UDPSocket

require "moonport.waiting".add(UDPSocket)

local dgram = {}

-- What C has no use for, by socket: { lookup =, recvBufferSize =, sendBufferSize =, bound = what connect() waits with }.
local settings = setmetatable({}, { __mode = "k" })

local function check_size(options, name)
  local size = options[name]
  if not size or size == 0 then return nil end
  if type(size) ~= "number" then errors.raise_type("options." .. name, "of type number", size) end
  if size ~= size // 1 then errors.raise_range("options." .. name, "an integer", size) end
  if size < 0 or size > 4294967295 then errors.raise_range("options." .. name, ">= 0 && <= 4294967295", size) end
  return size
end

local function follow_signal(socket, signal)
  abort.check(signal, "options.signal")
  local function on_abort()
    if not core.udp_is_closed(socket) then socket:close() end
  end
  if signal.aborted then return on_abort() end
  signal:once("abort", on_abort)
  socket:once("close", function() signal:off("abort", on_abort) end)
end

--- dgram.createSocket(type[, listener]) | (options[, listener]) -> UDPSocket; the listener is one of 'message'.
--- @param options "udp4"|"udp6"|dgram.SocketOptions
--- @param listener fun(message: string, info: dgram.RemoteInfo)?
--- @return UDPSocket
function dgram.createSocket(options, listener)
  local kind, given = options, {}
  if type(options) == "table" then kind, given = options.type, options end
  local own = { recvBufferSize = check_size(given, "recvBufferSize"), sendBufferSize = check_size(given, "sendBufferSize") }
  if given.lookup ~= nil then
    if not errors.is_callable(given.lookup) then errors.raise_type("lookup", "of type function", given.lookup) end
    own.lookup = given.lookup
  end
  if kind ~= "udp4" and kind ~= "udp6" then error(errors.coded "ERR_SOCKET_BAD_TYPE", 0) end
  local socket = core.udp_new {
    type = kind, reuseAddr = given.reuseAddr, reusePort = given.reusePort, ipv6Only = given.ipv6Only,
    receiveBlockList = given.receiveBlockList, sendBlockList = given.sendBlockList,
  }
  settings[socket] = own
  if errors.is_callable(listener or false) then socket:on("message", listener) end
  if given.signal ~= nil then follow_signal(socket, given.signal) end
  return socket
end

-- The address of a name, by tick when it is one already: callback(err, ip).
local function resolve(socket, host, callback)
  if core.is_ip(host) ~= 0 then return tick(callback, nil, host) end
  local family = socket.type == "udp6" and 6 or 4
  local lookup = settings[socket].lookup
  if lookup then
    return lookup(host, family, function(err, ip)
      if type(ip) ~= "string" or ip:find("\0", 1, true) then ip = "" end -- no address: EINVAL
      callback(err, ip)
    end)
  end
  require "moonport.dns".lookup(host, { family = family }, callback)
end

local function check_host(host, name)
  if host:find("\0", 1, true) then errors.raise_value(name, "must be a string without null bytes", host) end
end

-- -- bind ---------------------------------------------------------------------------------------------------------

local function started(socket)
  local own = settings[socket]
  if own.recvBufferSize then socket:setRecvBufferSize(own.recvBufferSize) end
  if own.sendBufferSize then socket:setSendBufferSize(own.sendBufferSize) end
  socket:emit "listening"
  local run = own.bound
  own.bound = nil
  if run then run() end
  core.udp_started(socket)
end

local function bind_failed(socket, err)
  settings[socket].bound = nil
  core.udp_bind_failed(socket)
  return core.where(err, socket)
end

local function adopt(socket, fd)
  local errno, kind = core.udp_adopt(socket, fd)
  if errno then
    bind_failed(socket, errors.make("Error", nil, ""))
    if kind then error(errors.make("TypeError", "ERR_INVALID_FD_TYPE", "Unsupported fd type: " .. kind), 0) end
    error(errors.system(errno, "open"), 0)
  end
  started(socket)
  return socket
end

local function on_listening(socket, callback)
  local remove
  local function listening()
    remove()
    callback()
  end
  function remove()
    socket:off("error", remove)
    socket:off("listening", listening)
  end
  socket:on("error", remove)
  socket:on("listening", listening)
end

local function check_port(port, name)
  if port == nil then return 0 end
  return core.to_port(port) or errors.raise_port(name, port)
end

local function any_address(socket) return socket.type == "udp6" and "::" or "0.0.0.0" end

--- socket:bind([port = 0][, address][, callback]) | ([options][, callback]) -> self. 'listening' follows by tick; an
--- 'error' leaves the socket unbound, and bind may be tried again.
--- https://nodejs.org/api/dgram.html#socketbindport-address-callback
function UDPSocket:bind(...)
  core.receiver(self, "UDPSocket", "bind")
  core.udp_check(self)
  local n = select("#", ...)
  local last = n > 0 and select(n, ...) or nil
  local callback = type(last) == "function" and last or nil
  local port, address = ...
  local name, fd = "Port", nil
  if type(port) == "table" then
    fd = math.type(port.fd) == "integer" and port.fd > 0 and port.fd or nil
    port, address, name = port.port, port.address, "options.port"
  end
  if port == callback then port = nil end
  if address == callback or address == "" then address = nil end
  port = check_port(port, name)
  if address ~= nil and type(address) ~= "string" then errors.raise_type("address", "of type string", address) end
  if address then check_host(address, "address") end

  core.udp_begin_bind(self)
  if callback then on_listening(self, callback) end
  if fd then return adopt(self, fd) end
  address = address or any_address(self)
  resolve(self, address, function(err, ip)
    if not core.udp_waits_for_bind(self) then return end
    if not err then
      local errno = core.udp_bind(self, ip, port)
      if not errno then return started(self) end
      err = errors.system(errno, "bind", ip ~= "" and ip or nil, port)
    end
    self:emit("error", bind_failed(self, err))
  end)
  return self
end

-- An IP for the forms that do not wait: they look no names up.
local function check_ip(address, name)
  if type(address) ~= "string" then errors.raise_type(name, "of type string", address) end
  if core.is_ip(address) == 0 then errors.raise_value(name, "must be an IP address", address) end
  return address
end

--- socket:bindSync([{ port = 0, address = }]) -> { address =, family =, port = }: binds now, or raises; the address is
--- an IP. 'listening' follows by tick.
function UDPSocket:bindSync(options)
  core.receiver(self, "UDPSocket", "bindSync")
  core.udp_check(self)
  if options ~= nil and type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  options = options or {}
  local port = check_port(options.port, "options.port")
  local address = options.address and check_ip(options.address, "options.address") or any_address(self)
  core.udp_begin_bind(self)
  local errno = core.udp_bind(self, address, port)
  if errno then error(bind_failed(self, errors.system(errno, "bind", address, port)), 0) end
  tick(function()
    if not core.udp_is_closed(self) then started(self) end
  end)
  return self:address()
end

-- -- connect ------------------------------------------------------------------------------------------------------

local function check_target(port)
  port = core.to_port(port)
  return port and port > 0 and port
end

-- errno is false for an address of the block list
local function connect_error(errno, host, port, ip)
  if errno then return errors.system(errno, "connect", host, port) end
  return errors.make("Error", "ERR_IP_BLOCKED", ("IP(%s) is blocked by net.BlockList"):format(ip))
end

local function connect_now(socket, port, address, callback)
  if callback then socket:once("connect", callback) end
  local function fail(err)
    tick(function()
      if not callback then return socket:emit("error", err) end
      socket:off("connect", callback)
      callback(err)
    end)
  end
  local host = address ~= "" and address or (socket.type == "udp6" and "::1" or "127.0.0.1")
  resolve(socket, host, function(err, ip)
    if core.udp_is_closed(socket) then return end
    local errno = core.udp_connect(socket, not err and ip or nil, port)
    if err then return fail(core.where(err, socket)) end
    if errno ~= nil then return fail(core.where(connect_error(errno, host, port, ip), socket)) end
    tick(function() socket:emit "connect" end)
  end)
end

--- socket:connect(port[, address][, callback]): sends to that peer only, and receives from it only. Then 'connect' or
--- the callback without an argument; an error goes to the callback, or is 'error'.
--- https://nodejs.org/api/dgram.html#socketconnectport-address-callback
function UDPSocket:connect(port, address, callback)
  core.receiver(self, "UDPSocket", "connect")
  local number = check_target(port)
  if not number then errors.raise_port("Port", port, true) end
  if errors.is_callable(address or false) and type(address) ~= "string" then address, callback = nil, address end
  if address == nil then address = "" end
  if type(address) ~= "string" then errors.raise_type("address", "of type string", address) end
  check_host(address, "address")
  if not callback or callback == 0 or callback == "" then callback = nil end
  local state = core.udp_begin_connect(self)
  if callback and not errors.is_callable(callback) then
    core.udp_connect(self, nil, number) -- it may be tried again
    errors.raise_type("listener", "of type function", callback)
  end
  if state == "bound" then return connect_now(self, number, address, callback) end
  settings[self].bound = function() connect_now(self, number, address, callback) end
  if state == "unbound" then self:bind { port = 0 } end
end

--- socket:connectSync(port[, address]): connects now, or raises; the address is an IP. 'connect' follows by tick.
function UDPSocket:connectSync(port, address)
  core.receiver(self, "UDPSocket", "connectSync")
  local number = check_target(port)
  if not number then errors.raise_port("Port", port, true) end
  address = address ~= nil and check_ip(address, "address") or (self.type == "udp6" and "::1" or "127.0.0.1")
  local state = core.udp_begin_connect(self)
  if state == "unbound" then
    self:bindSync()
  elseif state == "binding" then
    core.udp_connect(self, nil, number)
    error(errors.coded "ERR_SOCKET_ALREADY_BOUND", 0) -- by a bind() that waits
  end
  local errno = core.udp_connect(self, address, number)
  if errno ~= nil then error(core.where(connect_error(errno, address, number, address), self), 0) end
  tick(function()
    if not core.udp_is_closed(self) then self:emit "connect" end
  end)
end

-- -- send ---------------------------------------------------------------------------------------------------------

core.udp_set_resolver(function(socket, message, port, host, callback)
  local looking = true
  local function over()
    if looking then core.udp_lookup(socket, false) end
    looking = false
  end
  local function found(err, ip)
    if not looking then return end
    if err then
      core.where(err, socket)
      if callback then tick(callback, err) else tick(function() socket:emit("error", err) end) end
    else
      core.udp_send(socket, message, port, ip, callback and function(failed, size)
        if failed and failed.errno then failed = core.where(errors.system(failed.errno, "send", host, port), socket) end
        callback(failed, size)
      end)
    end
    over()
  end
  core.udp_lookup(socket, true)
  local ok, raised = pcall(resolve, socket, host, found)
  if ok then return end
  over()
  error(raised, 0)
end)

--- socket:sendto(message, offset, length, port, address[, callback]): send(), with all of its arguments
function UDPSocket:sendto(message, offset, length, port, address, callback)
  core.receiver(self, "UDPSocket", "sendto")
  local numbers = { { "offset", offset }, { "length", length }, { "port", port } }
  for _, argument in ipairs(numbers) do
    if type(argument[2]) ~= "number" then errors.raise_type(argument[1], "of type number", argument[2]) end
  end
  if type(address) ~= "string" then errors.raise_type("address", "of type string", address) end
  self:send(message, offset, length, port, address, callback)
end

dgram.Socket = setmetatable({ new = dgram.createSocket, prototype = UDPSocket }, {
  __call = function(_, ...) return dgram.createSocket(...) end,
})

return dgram
