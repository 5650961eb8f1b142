-- connect.lua - from connect()'s options to a connected socket: names are looked up, addresses tried one after the
-- other (happy eyeballs). One attempt is bindings/connect.c's. https://nodejs.org/api/net.html#socketconnect
local core = require "moonport.core"
local errors, tick = core.errors, core.process.next_tick

local connect = {
  autoSelectFamily = true,             -- net.setDefaultAutoSelectFamily
  autoSelectFamilyAttemptTimeout = 500, -- ms: net.setDefaultAutoSelectFamilyAttemptTimeout
  bound = setmetatable({}, { __mode = "k" }), -- socket -> the BoundSocket that it is to connect with
}

local attempts = setmetatable({}, { __mode = "k" }) -- socket -> the attempt under way

local function connect_error(errno, address, port, options)
  local err = errors.system(errno, "connect", address, port)
  if options and options.localAddress and options.localPort then
    err.message = ("%s - Local (%s:%d)"):format(err.message, options.localAddress, options.localPort)
    err.localAddress, err.localPort = options.localAddress, options.localPort
  end
  return err
end

-- The socket is the attempt's from here on: once its last descriptor is closed, which may take one turn of the loop.
local function connected(socket, attempt)
  if not core.connected(socket, attempt) then
    core.immediates.setImmediate(connected, socket, attempt)
  end
end

-- Opens what an attempt needs, bound to the own address if one is asked for; or nil and an error.
local function open(target, options)
  local opened, errno, step
  if target.path then
    opened, errno = core.attempt_open_unix(target.path, options.bound)
  else
    local own = options.localAddress
    if not own and options.localPort then own = target.family == 6 and "::" or "0.0.0.0" end
    opened, errno, step = core.attempt_open(target.address, target.port, own, options.localPort, options.bound)
    if step == "bind" then return nil, errors.system(errno, "bind", own, options.localPort) end
  end
  if not opened then return nil, connect_error(errno, target.path or target.address, target.port, options) end
  return opened
end

-- Starts an attempt; done(err) is called from the loop, without err it connected. An error that is known at once is
-- returned instead.
local function start(socket, opened, target, options, done)
  local errno = core.attempt_start(opened, socket, function(status)
    if attempts[socket] == opened then attempts[socket] = nil end
    done(status ~= 0 and connect_error(status, target.path or target.address, target.port, options) or nil)
  end)
  if errno then return connect_error(errno, target.path or target.address, target.port, options) end
  attempts[socket] = opened
end

-- The error of an address that the socket's list blocks, or nil.
local function blocked(socket, target)
  local list = socket.blockList
  if not list or target.path or not list:check(target.address) then return nil end
  local err = errors.make("Error", "ERR_IP_BLOCKED", ("IP(%s) is blocked by net.BlockList"):format(target.address))
  err.address = target.address
  return err
end

-- Only one address: what fails is the socket's error.
local function connect_one(socket, target, options)
  local opened, err = open(target, options)
  if err then return socket:destroy(err) end
  socket:emit("connectionAttempt", target.path or target.address, target.port, target.family)
  if not socket.connecting then return core.attempt_close(opened) end
  err = blocked(socket, target)
  if err then
    core.attempt_close(opened)
    return socket:destroy(err)
  end
  err = start(socket, opened, target, options, function(failure)
    if not socket.connecting then
      core.attempt_close(opened)
    elseif failure then
      socket:emit("connectionAttemptFailed", target.path or target.address, target.port, target.family, failure)
      socket:destroy(failure)
    else
      connected(socket, opened)
    end
  end)
  if err then socket:destroy(err) end
end

local function aggregate(failed, host, port)
  local tried, first = {}, failed[1]
  for i, err in ipairs(failed) do tried[i] = err.address end
  local err = errors.make("AggregateError", first.code,
    ("connect %s %s:%d (%s)"):format(first.code, host, port, table.concat(tried, ", ")))
  err.errors = failed
  return err
end

-- Several addresses: the next one is tried when one fails or is slow; the first that connects wins.
local function connect_many(socket, targets, options, timeout)
  local failed, current, timer = {}, 0, nil
  socket.autoSelectFamilyAttemptedAddresses = {}
  local try_next

  local function fail(target, err)
    failed[#failed + 1] = err
    socket:emit("connectionAttemptFailed", target.address, target.port, target.family, err)
    if socket.connecting then try_next() end
  end

  function try_next()
    core.timers.clearTimeout(timer)
    if current == #targets then
      socket:destroy(#failed > 0 and aggregate(failed, options.host or "localhost", targets[1].port)
        or errors.coded "ERR_SOCKET_CONNECTION_TIMEOUT")
      return
    end
    current = current + 1
    local index, target = current, targets[current]
    local err = blocked(socket, target)
    if err then return fail(target, err) end
    local opened
    opened, err = open(target, options)
    if err then
      failed[#failed + 1] = err
      return try_next()
    end
    socket:emit("connectionAttempt", target.address, target.port, target.family)
    if not socket.connecting then return core.attempt_close(opened) end
    local tried = socket.autoSelectFamilyAttemptedAddresses
    tried[#tried + 1] = ("%s:%d"):format(target.address, target.port)
    err = start(socket, opened, target, options, function(failure)
      if index ~= current or not socket.connecting then return core.attempt_close(opened) end
      core.timers.clearTimeout(timer)
      if failure then fail(target, failure) else connected(socket, opened) end
    end)
    if err then return fail(target, err) end
    if index == #targets then return end
    timer = core.timers.setTimeout(function()
      socket:emit("connectionAttemptTimeout", target.address, target.port, target.family)
      core.attempt_close(opened)
      failed[#failed + 1] = connect_error(-110, target.address, target.port, options)
      if socket.connecting then try_next() end
    end, timeout)
  end
  try_next()
end

local function check_found(address, family, options)
  if core.is_ip(address) == 0 then
    return errors.make("TypeError", "ERR_INVALID_IP_ADDRESS", "Invalid IP address: " .. tostring(address))
  elseif family ~= 4 and family ~= 6 then
    local err = errors.make("RangeError", "ERR_INVALID_ADDRESS_FAMILY",
      ("Invalid address family: %s %s:%s"):format(tostring(family), options.host, options.port))
    err.host, err.port = options.host, options.port
    return err
  end
end

-- Alternating families, the family of the first address first, each address once.
local function interleave(found, port)
  local by_family, first, seen = { [4] = {}, [6] = {} }, nil, {}
  for _, entry in ipairs(found) do
    local family = entry.family
    if by_family[family] and core.is_ip(entry.address) ~= 0 and not seen[entry.address] then
      first = first or family
      seen[entry.address] = true
      table.insert(by_family[family], { address = entry.address, family = family, port = port })
    end
  end
  local targets = {}
  for i = 1, math.max(#by_family[4], #by_family[6]) do
    targets[#targets + 1] = by_family[first][i]
    targets[#targets + 1] = by_family[10 - first][i]
  end
  return targets
end

-- dns.lookup as it is at the moment: a script may have put another in its place. Loaded for the first name only.
local function lookup_of(options) return options.lookup or require "moonport.dns".lookup end

local function lookup_all(socket, host, port, options, query)
  lookup_of(options)(host, query, function(err, found)
    if not socket.connecting then return end
    if err then
      socket:emit("lookup", err, nil, nil, host)
      tick(function() socket:destroy(err) end)
      return
    end
    for _, entry in ipairs(found) do
      socket:emit("lookup", nil, entry.address, entry.family, host)
      if not socket.connecting then return end
    end
    local targets = interleave(found, port)
    if #targets == 0 then
      local first = found[1] or {}
      tick(function() socket:destroy(check_found(first.address, first.family, options)) end)
    elseif #targets == 1 then
      connect_one(socket, targets[1], options)
    else
      connect_many(socket, targets, options, options.attemptTimeout)
    end
  end)
end

local function lookup_one(socket, host, port, options, query)
  lookup_of(options)(host, query, function(err, address, family)
    socket:emit("lookup", err, address, family, host)
    if not socket.connecting then return end
    err = err or check_found(address, family, options)
    if err then
      tick(function() socket:destroy(err) end)
    else
      connect_one(socket, { address = address, family = family, port = port }, options)
    end
  end)
end

-- -- checks ------------------------------------------------------------------------------------------------------

local families = { [0] = 0, [4] = 4, [6] = 6, IPv4 = 4, IPv6 = 6 }

local function check_port(port)
  if type(port) ~= "number" and type(port) ~= "string" then
    errors.raise_type("options.port", "one of type number or string", port)
  end
  local number = core.to_port(port)
  if not number then errors.raise_port("Port", port) end
  return number
end

local function check_string(value, label)
  if type(value) ~= "string" then errors.raise_type(label, "of type string", value) end
end

-- Everything is checked here, before anything is taken; returns a table of our own.
local function check(options)
  local checked = {}
  if options.path and options.path ~= "" then
    check_string(options.path, "options.path")
    if #options.path > 108 or (#options.path == 108 and options.path:byte() ~= 0)
      or options.path:find("\0", 2, true) and options.path:byte() ~= 0 then
      errors.raise_value("options.path", "must be a path of at most 107 bytes without null bytes", options.path)
    end
    checked.path = options.path
    return checked
  end
  checked.host = options.host or "localhost"
  check_string(checked.host, "hostname")
  if checked.host:find("\0", 1, true) then
    errors.raise_value("hostname", "must be a string without null bytes", checked.host)
  end
  local localAddress, localPort = options.localAddress, options.localPort
  if localAddress and core.is_ip(localAddress) == 0 then
    error(errors.make("TypeError", "ERR_INVALID_IP_ADDRESS", "Invalid IP address: " .. tostring(localAddress)), 0)
  end
  if localPort ~= nil then
    if type(localPort) ~= "number" then errors.raise_type("options.localPort", "of type number", localPort) end
    if not core.to_port(localPort) then errors.raise_port("options.localPort", localPort) end
    localPort = math.tointeger(localPort)
  end
  checked.localAddress, checked.localPort = localAddress, localPort
  checked.port = check_port(options.port)
  if options.autoSelectFamily ~= nil and type(options.autoSelectFamily) ~= "boolean" then
    errors.raise_type("options.autoSelectFamily", "of type boolean", options.autoSelectFamily)
  end
  checked.autoSelectFamily = options.autoSelectFamily
  if checked.autoSelectFamily == nil then checked.autoSelectFamily = connect.autoSelectFamily end
  checked.attemptTimeout = options.autoSelectFamilyAttemptTimeout
    and connect.check_attempt_timeout(options.autoSelectFamilyAttemptTimeout, "options.autoSelectFamilyAttemptTimeout")
    or connect.autoSelectFamilyAttemptTimeout
  if options.lookup ~= nil and not errors.is_callable(options.lookup) then
    errors.raise_type("options.lookup", "of type function", options.lookup)
  end
  checked.lookup = options.lookup
  checked.family = options.family and families[options.family] or 0
  if options.family and not families[options.family] then
    errors.raise_value("options.family", "must be one of: 0, 4, 6", options.family)
  end
  checked.hints = options.hints or 0
  if not options.lookup then core.check_hints(checked.hints) end
  if checked.family == 0 and checked.hints == 0 then checked.hints = core.hints.ADDRCONFIG end
  return checked
end

-- A BoundSocket has said already where it connects from, and to which kind of address.
local function check_bound(checked, bound)
  if not bound then return end
  if bound.isPipe ~= (checked.path ~= nil) then
    local name = checked.path and "path" or "port"
    errors.raise_value("options." .. name, "does not fit the bound socket", checked[name])
  end
  for _, name in ipairs { "localAddress", "localPort" } do
    if checked[name] ~= nil then
      errors.raise_value("options." .. name, "cannot be used with a bound socket", checked[name])
    end
  end
  checked.bound = bound
  if not bound.isPipe and checked.family == 0 then checked.family = require "moonport.bound_socket"._name(bound) end
end

--- Checks a time for one attempt: a whole number of ms; less than 10 becomes 10.
function connect.check_attempt_timeout(value, label)
  if type(value) ~= "number" then errors.raise_type(label, "of type number", value) end
  local whole = math.tointeger(value)
  if not whole then errors.raise_range(label, "an integer", value) end
  if whole < 1 or whole > 2147483647 then errors.raise_range(label, ">= 1 && <= 2147483647", value) end
  return math.max(whole, 10)
end

-- A limit for the whole of connecting, names included; Node has none.
local function limit(socket, ms)
  if ms == nil then return end
  if type(ms) ~= "number" then errors.raise_type("options.connectTimeout", "of type number", ms) end
  if not (ms > 0 and ms <= 2147483647) then errors.raise_range("options.connectTimeout", "> 0 && <= 2147483647", ms) end
  return function(checked)
    local timer = core.timers.setTimeout(function()
      if socket.connecting then
        socket:destroy(errors.system(-110, "connect", checked.path or checked.host, checked.port))
      end
    end, ms)
    local function stop() core.timers.clearTimeout(timer) end
    socket:once("connect", stop)
    socket:once("close", stop)
  end
end

--- socket:connect(options) with the shape of arguments settled; the listener is added when they are right.
--- @param options table
--- @param listener fun()?
function connect.start(socket, options, listener)
  if options.port == nil and options.path == nil then
    error(errors.make("TypeError", "ERR_MISSING_ARGS",
      'The "options" or "port" or "path" argument must be specified'), 0)
  end
  if not socket.pending then error(errors.coded "ERR_SOCKET_ALREADY_CONNECTED", 0) end
  local checked = check(options)
  check_bound(checked, connect.bound[socket])
  local start_limit = limit(socket, options.connectTimeout)
  if listener then socket:once("connect", listener) end
  local previous = attempts[socket]
  if previous then core.attempt_close(previous) end
  connect.bound[socket] = nil
  core.connecting(socket, checked.path ~= nil)
  socket.autoSelectFamilyAttemptedAddresses = nil
  if start_limit then start_limit(checked) end
  if checked.path then
    connect_one(socket, { path = checked.path }, checked)
    return
  end
  local family = core.is_ip(checked.host)
  if family ~= 0 then
    local target = { address = checked.host, port = checked.port, family = family }
    if checked.bound then return connect_one(socket, target, checked) end -- so that its own address is known at once
    tick(function()
      if socket.connecting then connect_one(socket, target, checked) end
    end)
    return
  end
  local query = { family = checked.family, hints = checked.hints }
  if checked.family == 0 and not checked.localAddress and checked.autoSelectFamily then
    query.all = true
    lookup_all(socket, checked.host, checked.port, checked, query)
  else
    lookup_one(socket, checked.host, checked.port, checked, query)
  end
end

return connect
