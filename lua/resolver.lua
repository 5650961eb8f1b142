-- resolver.lua - class Resolver, which asks name servers: https://nodejs.org/api/dns.html#class-dnsresolver. Here are
-- the shapes of arguments and of results; the asking is bindings/resolver.c's, by c-ares, which is loaded for the first
-- question.
local core = require "moonport.core"
local message = require "moonport.dns_message"
local or_wait = require "moonport.callback".or_wait
local errors = core.errors
local Resolver = core.Resolver

local DNS_PORT <const> = 53

-- Status of c-ares -> code
local codes = { "ENODATA", "EFORMERR", "ESERVFAIL", "ENOTFOUND", "ENOTIMP", "EREFUSED", "EBADQUERY", "EBADNAME",
  "EBADFAMILY", "EBADRESP", "ECONNREFUSED", "ETIMEOUT", "EOF", "EFILE", "ENOMEM", "EDESTRUCTION", "EBADSTR",
  "EBADFLAGS", "ENONAME", "EBADHINTS", "ENOTINITIALIZED", "ELOADIPHLPAPI", "EADDRGETNETWORKPARAMS", "ECANCELLED" }

local function failure(code, syscall, name)
  local err = errors.make("Error", code, ("%s %s%s"):format(syscall, code, name ~= "" and " " .. name or ""))
  err.syscall, err.hostname = syscall, name ~= "" and name or nil
  return err
end

-- -- questions ----------------------------------------------------------------------------------------------------

-- (name, callback) | (name, options, callback) checked -> options, callback
local function check(name, options, callback)
  if callback == nil then options, callback = nil, options end
  if type(name) ~= "string" then errors.raise_type("name", "of type string", name) end
  if options ~= nil and type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  if not errors.is_callable(callback or false) then errors.raise_type("callback", "of type function", callback) end
  return options or {}, callback
end

-- What each kind of question makes of a record of its type; nothing: the record without its type and ttl.
local function get_address(record, options)
  return options.ttl and { address = record.address, ttl = record.ttl } or record.address
end
local function get_value(record) return record.value end
local function get_rest(record)
  record.type, record.ttl = nil, nil
  return record
end

local wanted = {
  A = get_address, AAAA = get_address, CAA = get_rest, CNAME = get_value, MX = get_rest, NAPTR = get_rest,
  NS = get_value, PTR = get_value, SOA = get_rest, SRV = get_rest, TLSA = get_rest,
  TXT = function(record) return record.entries end,
  ANY = function(record)
    if record.type ~= "A" and record.type ~= "AAAA" then record.ttl = nil end
    return record
  end,
}

-- A list of what was asked for; nil when the answer is none, or has nothing of it.
local function pick(answer, rrtype, options)
  local records = message.answers(answer)
  if not records then return nil, "EBADRESP" end
  local found, ttl = {}, math.maxinteger
  for _, record in ipairs(records) do
    if record.type == "CNAME" then ttl = math.min(ttl, record.ttl) end -- the way to an address lasts as long as all of it
    if record.type == rrtype or rrtype == "ANY" then
      if record.address and rrtype ~= "ANY" then record.ttl = math.min(ttl, record.ttl) end
      found[#found + 1] = wanted[rrtype](record, options)
    end
  end
  if #found == 0 then return nil, "ENODATA" end
  return rrtype == "SOA" and found[1] or found
end

local function ask(resolver, rrtype, syscall, name, options, callback)
  options, callback = check(name, options, callback)
  core.resolver_query(resolver, function(status, answer)
    if status ~= 0 then return callback(failure(codes[status] or "EBADRESP", syscall, name)) end
    local found, code = pick(answer, rrtype, options)
    if not found then return callback(failure(code, syscall, name)) end
    callback(nil, found)
  end, name, message.types[rrtype])
end

-- rrtype -> the method that asks for it, and its name in errors
local asking = {
  A = { "resolve4", "queryA" }, AAAA = { "resolve6", "queryAaaa" }, ANY = { "resolveAny", "queryAny" },
  CAA = { "resolveCaa", "queryCaa" }, CNAME = { "resolveCname", "queryCname" }, MX = { "resolveMx", "queryMx" },
  NAPTR = { "resolveNaptr", "queryNaptr" }, NS = { "resolveNs", "queryNs" }, PTR = { "resolvePtr", "queryPtr" },
  SOA = { "resolveSoa", "querySoa" }, SRV = { "resolveSrv", "querySrv" }, TLSA = { "resolveTlsa", "queryTlsa" },
  TXT = { "resolveTxt", "queryTxt" },
}

--- resolver:resolve4(name[, options][, callback(err, result)]), resolve6, resolveAny, resolveCaa, resolveCname, resolveMx,
--- resolveNaptr, resolveNs, resolvePtr, resolveSoa, resolveSrv, resolveTlsa, resolveTxt: lists of records, resolveSoa
--- one record. Without a callback they wait. https://nodejs.org/api/dns.html#dnsresolve4hostname-options-callback
for rrtype, names in pairs(asking) do
  local method, syscall = names[1], names[2]
  Resolver[method] = or_wait(function(self, name, options, callback)
    core.receiver(self, "Resolver", method)
    ask(self, rrtype, syscall, name, options, callback)
  end)
end

--- resolver:resolve(name[, rrtype = "A"][, callback(err, result)]): by the name of a type
Resolver.resolve = or_wait(function(self, name, rrtype, callback)
  core.receiver(self, "Resolver", "resolve")
  if type(rrtype) ~= "string" then
    if not errors.is_callable(rrtype or false) then errors.raise_type("rrtype", "of type string", rrtype) end
    rrtype, callback = "A", rrtype
  end
  if not asking[rrtype] then errors.raise_value("rrtype", "is invalid", rrtype) end
  ask(self, rrtype, asking[rrtype][2], name, nil, callback)
end)

--- resolver:reverse(ip[, callback(err, names)]): the names of an IP, those of /etc/hosts first
Resolver.reverse = or_wait(function(self, ip, callback)
  core.receiver(self, "Resolver", "reverse")
  check(ip, callback)
  local is_ip = core.resolver_reverse(self, function(status, names)
    if status ~= 0 then return callback(failure(codes[status] or "EBADRESP", "getHostByAddr", ip)) end
    local found = {}
    for name in names:gmatch "[^\0]+" do found[#found + 1] = name end
    callback(nil, found)
  end, ip)
  if not is_ip then
    local err = errors.system(-22, "getHostByAddr", ip) -- EINVAL
    err.hostname, err.address = ip, nil
    error(err, 0)
  end
end)

--- Every question that waits is answered by ECANCELLED.
function Resolver:cancel()
  core.receiver(self, "Resolver", "cancel")
  core.resolver_cancel(self)
end

-- -- servers ------------------------------------------------------------------------------------------------------

local servers_of = setmetatable({}, { __mode = "k" }) -- resolver -> what setServers set

-- As c-ares finds them.
local function system_servers()
  local servers = {}
  local file = io.open "/etc/resolv.conf"
  if file then
    for line in file:lines() do
      local ip = line:match "^%s*nameserver%s+(%S+)"
      if ip and core.is_ip(ip) ~= 0 then servers[#servers + 1] = ip end
    end
    file:close()
  end
  if #servers == 0 then servers[1] = "127.0.0.1" end
  return servers
end

-- "ip", "ip:port", "[ip]" or "[ip]:port" -> ip, port
local function parse_server(text)
  if core.is_ip(text) ~= 0 then return text, DNS_PORT end
  local ip, port = text:match "^%[([^%[%]]*)%]:?(%d*)$"
  if not ip then ip, port = text:match "^(.+):(%d+)$" end
  if not ip or core.is_ip(ip) == 0 then
    error(errors.make("TypeError", "ERR_INVALID_IP_ADDRESS", "Invalid IP address: " .. text), 0)
  end
  if port == "" then return ip, DNS_PORT end
  local number = core.to_port(port)
  if not number or number == 0 then errors.raise_port("Port", port, true) end
  return ip, number
end

--- resolver:getServers() -> list of "ip", "ip:port" or "[ip]:port"
function Resolver:getServers()
  core.receiver(self, "Resolver", "getServers")
  return { table.unpack(servers_of[self] or system_servers()) }
end

--- resolver:setServers(servers): a list of "ip", "ip:port" or "[ip]:port". Raises while questions wait.
function Resolver:setServers(servers)
  core.receiver(self, "Resolver", "setServers")
  if type(servers) ~= "table" then errors.raise_type("servers", "of type table", servers) end
  local shown, asked, known = {}, {}, {}
  for i, server in ipairs(servers) do
    if type(server) ~= "string" then errors.raise_type(("servers[%d]"):format(i - 1), "of type string", server) end
    local ip, port = parse_server(server)
    local host = core.is_ip(ip) == 6 and ("[%s]"):format(ip) or ip
    local endpoint = ("%s:%d"):format(host, port)
    if not known[endpoint] then
      known[endpoint] = true
      asked[#asked + 1] = endpoint
      shown[#shown + 1] = port == DNS_PORT and ip or endpoint
    end
  end
  local why = core.resolver_waiting(self) > 0 and "There are pending queries."
    or core.resolver_set_servers(self, table.concat(asked, ",")) ~= 0 and "Misformatted domain name"
  if why then
    error(errors.make("Error", "ERR_DNS_SET_SERVERS_FAILED", ('c-ares failed to set servers: "%s" [%s]'):format(why,
      table.concat(servers, ", "))), 0)
  end
  servers_of[self] = shown
end

--- resolver:setLocalAddress(ipv4[, ipv6]): asks from these own IPs
function Resolver:setLocalAddress(ipv4, ipv6)
  core.receiver(self, "Resolver", "setLocalAddress")
  if type(ipv4) ~= "string" then errors.raise_type("ipv4", "of type string", ipv4) end
  if ipv6 ~= nil and type(ipv6) ~= "string" then errors.raise_type("ipv6", "of type string", ipv6) end
  local first, second = core.is_ip(ipv4), ipv6 and core.is_ip(ipv6)
  local why = (first == 0 or second == 0) and "Invalid IP address."
    or first == second and ("Cannot specify two IPv%d addresses."):format(first)
  if why then error(errors.make("TypeError", "ERR_INVALID_ARG_VALUE", why), 0) end
  core.resolver_set_local(self, ipv4)
  if ipv6 then core.resolver_set_local(self, ipv6) end
end

-- -- the class ----------------------------------------------------------------------------------------------------

--- dns.Resolver([{ timeout = -1, tries = 4 }]): timeout is the ms of the first try, -1: as c-ares likes it
local function new(options)
  if type(options) ~= "table" then options = {} end
  return core.resolver_new(options.timeout == nil and -1 or options.timeout, options.tries == nil and 4 or options.tries)
end

local shared -- behind the functions of the module dns

local resolver = {
  Resolver = setmetatable({ new = new, prototype = Resolver }, { __call = function(_, options) return new(options) end }),
}

function resolver.shared()
  shared = shared or new()
  return shared
end

--- Another one, with these servers: whoever waits is answered by the one before.
function resolver.share(servers)
  local other = new()
  other:setServers(servers)
  shared = other
end

return resolver
