-- dns.lua - the module dns: https://nodejs.org/api/dns.html. lookup() is the system's getaddrinfo, and what net and
-- dgram find names with; what asks name servers is lua/resolver.lua's, which is not loaded before somebody asks.
local core = require "moonport.core"
local or_wait = require "moonport.callback".or_wait
local errors, tick = core.errors, core.process.next_tick

local dns = {}

--- Flags for lookup()'s option hints.
dns.ADDRCONFIG, dns.V4MAPPED, dns.ALL = core.hints.ADDRCONFIG, core.hints.V4MAPPED, core.hints.ALL

-- The codes of name servers' errors, as err.code has them.
for name, code in pairs {
  NODATA = "ENODATA", FORMERR = "EFORMERR", SERVFAIL = "ESERVFAIL", NOTFOUND = "ENOTFOUND", NOTIMP = "ENOTIMP",
  REFUSED = "EREFUSED", BADQUERY = "EBADQUERY", BADNAME = "EBADNAME", BADFAMILY = "EBADFAMILY", BADRESP = "EBADRESP",
  CONNREFUSED = "ECONNREFUSED", TIMEOUT = "ETIMEOUT", EOF = "EOF", FILE = "EFILE", NOMEM = "ENOMEM",
  DESTRUCTION = "EDESTRUCTION", BADSTR = "EBADSTR", BADFLAGS = "EBADFLAGS", NONAME = "ENONAME", BADHINTS = "EBADHINTS",
  NOTINITIALIZED = "ENOTINITIALIZED", LOADIPHLPAPI = "ELOADIPHLPAPI",
  ADDRGETNETWORKPARAMS = "EADDRGETNETWORKPARAMS", CANCELLED = "ECANCELLED",
} do dns[name] = code end

-- -- checks -------------------------------------------------------------------------------------------------------

local families = { [0] = 0, [4] = 4, [6] = 6, IPv4 = 4, IPv6 = 6 }
local orders = { verbatim = true, ipv4first = true, ipv6first = true }

local function check_family(family, label)
  if families[family] then return families[family] end
  errors.raise_value(label, "must be one of: 0, 4, 6", family)
end

local function check_order(order, label)
  if type(order) == "string" and orders[order] then return order end
  errors.raise_value(label, "must be one of: 'verbatim', 'ipv4first', 'ipv6first'", order)
end

local function check_boolean(value, label)
  if type(value) ~= "boolean" then errors.raise_type(label, "of type boolean", value) end
  return value
end

-- -- lookup -------------------------------------------------------------------------------------------------------

local default_order = "verbatim"
local warned = false

local function warn_of(hostname)
  if warned then return end
  warned = true
  core.process.warn_of("DeprecationWarning", ("The provided hostname %q is not a valid hostname, and is supported in the "
    .. "dns module solely for compatibility."):format(tostring(hostname)))
end

-- What getaddrinfo failed with, as Node words it.
local function failure(errno, syscall, hostname)
  local err = errors.system(errno, syscall, hostname)
  err.hostname, err.address = hostname, nil
  return err
end

local function sort(found, order)
  if order == "verbatim" then return found end
  local first = order == "ipv4first" and 4 or 6
  local sorted = {}
  for _, family in ipairs { first, 10 - first } do
    for _, entry in ipairs(found) do
      if entry.family == family then sorted[#sorted + 1] = entry end
    end
  end
  return sorted
end

-- (hostname, options, callback) checked -> family, hints, all, order, callback
local function read_options(options, callback)
  if callback == nil then options, callback = nil, options end
  if not errors.is_callable(callback) then errors.raise_type("callback", "of type function", callback) end
  if type(options) == "number" then return check_family(options, "family"), 0, false, default_order, callback end
  if options == nil then options = {} end
  if type(options) ~= "table" then errors.raise_type("options", "of type table or integer", options) end
  local hints, family, all, order = 0, 0, false, default_order
  if options.hints ~= nil then hints = core.check_hints(options.hints) end
  if options.family ~= nil then family = check_family(options.family, "options.family") end
  if options.all ~= nil then all = check_boolean(options.all, "options.all") end
  if options.verbatim ~= nil then
    order = check_boolean(options.verbatim, "options.verbatim") and "verbatim" or "ipv4first"
  end
  if options.order ~= nil then order = check_order(options.order, "options.order") end
  return family, hints, all, order, callback
end

--- dns.lookup(hostname[, options | family][, callback]): the addresses of a name as the system finds them (getaddrinfo,
--- so /etc/hosts counts). callback(err, address, family), or with the option all callback(err, list); without a callback
--- it waits. https://nodejs.org/api/dns.html#dnslookuphostname-options-callback
dns.lookup = or_wait(function(hostname, options, callback)
  local nameless = not hostname or hostname == "" or hostname == 0
  if not nameless and type(hostname) ~= "string" then errors.raise_type("hostname", "of type string", hostname) end
  local family, hints, all, order
  family, hints, all, order, callback = read_options(options, callback)
  if nameless then
    warn_of(hostname)
    if all then tick(callback, nil, {}) else tick(callback, nil, nil, family == 6 and 6 or 4) end
    return
  end
  if hostname:find("\0", 1, true) then
    errors.raise_value("hostname", "must be a string without null bytes", hostname)
  end
  local ip = core.is_ip(hostname)
  if ip ~= 0 then
    if all then tick(callback, nil, { { address = hostname, family = ip } }) else tick(callback, nil, hostname, ip) end
    return
  end
  local function fail(errno) callback(failure(errno, "getaddrinfo", hostname)) end
  local errno = core.getaddrinfo(function(errno, found)
    if errno then return fail(errno) end
    if #found == 0 then return fail(-3008) end -- ENOTFOUND: none of a family that we know
    found = sort(found, order)
    if all then callback(nil, found) else callback(nil, found[1].address, found[1].family) end
  end, hostname, family, hints)
  if errno then tick(fail, errno) end
end)

--- dns.lookupService(address, port[, callback]): the names of an IP and a port, by getnameinfo.
--- callback(err, hostname, service). https://nodejs.org/api/dns.html#dnslookupserviceaddress-port-callback
dns.lookupService = or_wait(function(...)
  if select("#", ...) ~= 3 then
    error(errors.make("TypeError", "ERR_MISSING_ARGS",
      'The "address", "port", and "callback" arguments must be specified'), 0)
  end
  local address, port, callback = ...
  if core.is_ip(address) == 0 then errors.raise_value("address", "is invalid", address) end
  local number = core.to_port(port)
  if not number then errors.raise_port("Port", port) end
  if not errors.is_callable(callback) then errors.raise_type("callback", "of type function", callback) end
  local errno = core.getnameinfo(function(errno, hostname, service)
    if errno then return callback(failure(errno, "getnameinfo", address)) end
    callback(nil, hostname, service)
  end, address, number)
  if errno then error(failure(errno, "getnameinfo", address), 0) end
end)

--- The order of lookup()'s addresses where it is not told: "verbatim" (as the system has them), "ipv4first" or
--- "ipv6first".
function dns.getDefaultResultOrder() return default_order end

--- @param order "verbatim"|"ipv4first"|"ipv6first"
function dns.setDefaultResultOrder(order) default_order = check_order(order, "dnsOrder") end

-- -- name servers -------------------------------------------------------------------------------------------------

-- The methods of one Resolver that all scripts share, as functions.
for _, name in ipairs { "getServers", "resolve", "resolve4", "resolve6", "resolveAny", "resolveCaa", "resolveCname",
  "resolveMx", "resolveNaptr", "resolveNs", "resolvePtr", "resolveSoa", "resolveSrv", "resolveTlsa", "resolveTxt",
  "reverse" } do
  dns[name] = function(...)
    local resolver = require "moonport.resolver".shared()
    return resolver[name](resolver, ...)
  end
end

--- dns.setServers(servers): whom the functions above ask from now on; a list of "ip", "ip:port" or "[ip]:port".
function dns.setServers(servers) require "moonport.resolver".share(servers) end

-- What few scripts use is loaded by those that do.
return setmetatable(dns, {
  __index = function(_, key)
    if key == "Resolver" then return require "moonport.resolver".Resolver end
  end,
})
