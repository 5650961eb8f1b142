---@meta dns

--- Names and addresses. [Node](https://nodejs.org/api/dns.html)
---
--- `lookup` asks the system, as every other program does (/etc/hosts counts); net and dgram find names by it. The rest
--- asks name servers, by the library c-ares (Debian: libc-ares2), which is loaded for the first question; without it
--- those functions raise ERR_FEATURE_UNAVAILABLE_ON_PLATFORM. What the world refuses goes to the callback. Without the
--- callback they wait: the task goes on with the results, or nil and the error. Names are ASCII (of others lookup alone
--- makes Punycode), and come with `\` before what has a meaning in names.
---@class dns
---@field Resolver dns.ResolverClass
---@field ADDRCONFIG integer hint: only families that this machine has an address of
---@field V4MAPPED integer hint: with family 6, IPv4 addresses as IPv6 ones where there is none else
---@field ALL integer hint: with V4MAPPED, both
---@field NODATA string "ENODATA": nothing of that type
---@field FORMERR string "EFORMERR": the server did not understand
---@field SERVFAIL string "ESERVFAIL": the server failed
---@field NOTFOUND string "ENOTFOUND": no such name
---@field NOTIMP string "ENOTIMP": the server does not do that
---@field REFUSED string "EREFUSED": the server does not want to
---@field BADQUERY string "EBADQUERY"
---@field BADNAME string "EBADNAME": no name can be like that
---@field BADFAMILY string "EBADFAMILY"
---@field BADRESP string "EBADRESP": the answer is broken
---@field CONNREFUSED string "ECONNREFUSED": no server is there
---@field TIMEOUT string "ETIMEOUT": no server answered
---@field EOF string "EOF"
---@field FILE string "EFILE"
---@field NOMEM string "ENOMEM"
---@field DESTRUCTION string "EDESTRUCTION"
---@field BADSTR string "EBADSTR"
---@field BADFLAGS string "EBADFLAGS"
---@field NONAME string "ENONAME"
---@field BADHINTS string "EBADHINTS"
---@field NOTINITIALIZED string "ENOTINITIALIZED"
---@field LOADIPHLPAPI string "ELOADIPHLPAPI"
---@field ADDRGETNETWORKPARAMS string "EADDRGETNETWORKPARAMS"
---@field CANCELLED string "ECANCELLED": by cancel()
local dns = {}

---@class dns.ResolverClass
---@overload fun(options?: dns.ResolverOptions): Resolver
---@field new fun(options?: dns.ResolverOptions): Resolver the same as calling the class
---@field prototype table the methods of all resolvers
local ResolverClass = {}

--- Options of lookup.
---@class dns.LookupOptions
---@field family? 0|4|6|"IPv4"|"IPv6" (0: any)
---@field hints? integer ADDRCONFIG, V4MAPPED, ALL, joined by `|` (0)
---@field all? boolean the callback gets a list (false)
---@field order? dns.Order (setDefaultResultOrder)
---@field verbatim? boolean the older word for order: true "verbatim", false "ipv4first"

---@alias dns.Address { address: string, family: 4|6 }
---@alias dns.Order "verbatim"|"ipv4first"|"ipv6first"

--- Options of a Resolver.
---@class dns.ResolverOptions
---@field timeout? integer ms that the first try of a server may take; -1: as c-ares likes it (-1)
---@field tries? integer how often each server is asked (4)

---@class dns.Ttl
---@field ttl? boolean addresses come as { address =, ttl = } (false)

---@class dns.MxRecord
---@field priority integer
---@field exchange string

---@class dns.SrvRecord
---@field priority integer
---@field weight integer
---@field port integer
---@field name string

---@class dns.NaptrRecord
---@field flags string
---@field service string
---@field regexp string
---@field replacement string
---@field order integer
---@field preference integer

---@class dns.SoaRecord
---@field nsname string
---@field hostmaster string
---@field serial integer
---@field refresh integer s
---@field retry integer s
---@field expire integer s
---@field minttl integer s

--- Besides `critical` one field by the name of the property: `issue`, `issuewild`, `iodef`, ...
---@class dns.CaaRecord
---@field critical integer 0 or 128

---@class dns.TlsaRecord
---@field certUsage integer
---@field selector integer
---@field match integer
---@field data string bytes

--- A record of any type, with the fields of that type: of "A" and "AAAA" address and ttl, of "NS", "CNAME" and "PTR"
--- value, of "TXT" entries.
---@class dns.AnyRecord
---@field type string

---@alias dns.Callback<T> fun(err: Error?, result: T?)
---@alias dns.Type "A"|"AAAA"|"ANY"|"CAA"|"CNAME"|"MX"|"NAPTR"|"NS"|"PTR"|"SOA"|"SRV"|"TLSA"|"TXT"

-- -- the system -------------------------------------------------------------------------------------------------------

--- The addresses of a name. An IP is its own address; no name (nil, "") has none, and gives no error.
--- Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE. The error is getaddrinfo's: ENOTFOUND, EAI_AGAIN, ...; its
--- `hostname` is the name. [Node](https://nodejs.org/api/dns.html#dnslookuphostname-options-callback)
---@param hostname string?
---@param options? dns.LookupOptions|0|4|6 options, or the family
---@param callback? fun(err: Error?, address: string?, family: 4|6?) may be the second argument
---@return string|dns.Address[]|nil address without a callback
---@return 4|6|Error? family or the error
---@overload fun(hostname: string?, callback: fun(err: Error?, address: string?, family: 4|6?))
---@overload fun(hostname: string?, options: dns.LookupOptions, callback: dns.Callback<dns.Address[]>)
function dns.lookup(hostname, options, callback) end

--- The name of an IP, and what the system calls a port. Raises ERR_MISSING_ARGS, ERR_INVALID_ARG_VALUE,
--- ERR_INVALID_ARG_TYPE, ERR_SOCKET_BAD_PORT.
--- [Node](https://nodejs.org/api/dns.html#dnslookupserviceaddress-port-callback)
---@param address string an IP
---@param port integer|string
---@param callback? fun(err: Error?, hostname: string?, service: string?)
---@return string? hostname without a callback
---@return string|Error? service or the error
function dns.lookupService(address, port, callback) end

--- [Node](https://nodejs.org/api/dns.html#dnsgetdefaultresultorder)
---@return dns.Order
function dns.getDefaultResultOrder() end

--- The order of lookup's addresses where it is not told, also for net and dgram; "verbatim" (the system's) at first.
--- Raises ERR_INVALID_ARG_VALUE. [Node](https://nodejs.org/api/dns.html#dnssetdefaultresultorderorder)
---@param order dns.Order
function dns.setDefaultResultOrder(order) end

-- -- name servers: the functions are methods of one Resolver that all scripts share -----------------------------------

--- Whom the functions below ask, at first those of /etc/resolv.conf.
--- [Node](https://nodejs.org/api/dns.html#dnsgetservers)
---@return string[] servers "ip", "ip:port" or "[ip]:port"
function dns.getServers() end

--- Whom the functions below ask from now on. Raises ERR_INVALID_IP_ADDRESS, ERR_INVALID_ARG_TYPE, ERR_SOCKET_BAD_PORT,
--- ERR_DNS_SET_SERVERS_FAILED. [Node](https://nodejs.org/api/dns.html#dnssetserversservers)
---@param servers string[] "ip", "ip:port", "[ip]" or "[ip]:port"
function dns.setServers(servers) end

--- Records of a type. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE.
--- [Node](https://nodejs.org/api/dns.html#dnsresolvehostname-rrtype-callback)
---@param name string
---@param rrtype? dns.Type ("A")
---@param callback? dns.Callback<any> may be the second argument
---@return any|nil found without a callback
---@return Error? err
---@overload fun(name: string, callback: dns.Callback<string[]>)
function dns.resolve(name, rrtype, callback) end

--- IPv4 addresses. [Node](https://nodejs.org/api/dns.html#dnsresolve4hostname-options-callback)
---@param name string
---@param options? dns.Ttl
---@param callback? dns.Callback<string[]|{ address: string, ttl: integer }[]> may be the second argument
---@return string[]|{ address: string, ttl: integer }[]|nil found without a callback
---@return Error? err
---@overload fun(name: string, callback: dns.Callback<string[]>)
function dns.resolve4(name, options, callback) end

--- IPv6 addresses. [Node](https://nodejs.org/api/dns.html#dnsresolve6hostname-options-callback)
---@param name string
---@param options? dns.Ttl
---@param callback? dns.Callback<string[]|{ address: string, ttl: integer }[]> may be the second argument
---@return string[]|{ address: string, ttl: integer }[]|nil found without a callback
---@return Error? err
---@overload fun(name: string, callback: dns.Callback<string[]>)
function dns.resolve6(name, options, callback) end

--- Whatever the server gives; many give little. [Node](https://nodejs.org/api/dns.html#dnsresolveanyhostname-callback)
---@param name string
---@param callback? dns.Callback<dns.AnyRecord[]>
---@return dns.AnyRecord[]? found without a callback
---@return Error? err
function dns.resolveAny(name, callback) end

--- Who may certify. [Node](https://nodejs.org/api/dns.html#dnsresolvecaahostname-callback)
---@param name string
---@param callback? dns.Callback<dns.CaaRecord[]>
---@return dns.CaaRecord[]? found without a callback
---@return Error? err
function dns.resolveCaa(name, callback) end

--- Aliases. [Node](https://nodejs.org/api/dns.html#dnsresolvecnamehostname-callback)
---@param name string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function dns.resolveCname(name, callback) end

--- Mail exchanges. [Node](https://nodejs.org/api/dns.html#dnsresolvemxhostname-callback)
---@param name string
---@param callback? dns.Callback<dns.MxRecord[]>
---@return dns.MxRecord[]? found without a callback
---@return Error? err
function dns.resolveMx(name, callback) end

--- Rules that make other names of names. [Node](https://nodejs.org/api/dns.html#dnsresolvenaptrhostname-callback)
---@param name string
---@param callback? dns.Callback<dns.NaptrRecord[]>
---@return dns.NaptrRecord[]? found without a callback
---@return Error? err
function dns.resolveNaptr(name, callback) end

--- Name servers. [Node](https://nodejs.org/api/dns.html#dnsresolvenshostname-callback)
---@param name string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function dns.resolveNs(name, callback) end

--- Pointers. [Node](https://nodejs.org/api/dns.html#dnsresolveptrhostname-callback)
---@param name string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function dns.resolvePtr(name, callback) end

--- The authority. [Node](https://nodejs.org/api/dns.html#dnsresolvesoahostname-callback)
---@param name string
---@param callback? dns.Callback<dns.SoaRecord>
---@return dns.SoaRecord? found without a callback
---@return Error? err
function dns.resolveSoa(name, callback) end

--- Services. [Node](https://nodejs.org/api/dns.html#dnsresolvesrvhostname-callback)
---@param name string
---@param callback? dns.Callback<dns.SrvRecord[]>
---@return dns.SrvRecord[]? found without a callback
---@return Error? err
function dns.resolveSrv(name, callback) end

--- Certificates. [Node](https://nodejs.org/api/dns.html#dnsresolvetlsahostname-callback)
---@param name string
---@param callback? dns.Callback<dns.TlsaRecord[]>
---@return dns.TlsaRecord[]? found without a callback
---@return Error? err
function dns.resolveTlsa(name, callback) end

--- Texts, each a list of the pieces it was cut into.
--- [Node](https://nodejs.org/api/dns.html#dnsresolvetxthostname-callback)
---@param name string
---@param callback? dns.Callback<string[][]>
---@return string[][]? found without a callback
---@return Error? err
function dns.resolveTxt(name, callback) end

--- The names of an IP, those of /etc/hosts first. Raises EINVAL for what is no IP.
--- [Node](https://nodejs.org/api/dns.html#dnsreverseip-callback)
---@param ip string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function dns.reverse(ip, callback) end

--- Asks name servers of its own choice. Whoever waits keeps the loop alive, and the resolver.
--- [Node](https://nodejs.org/api/dns.html#class-dnsresolver)
---@class Resolver
local Resolver = {}

--- Answers everything that waits by ECANCELLED. [Node](https://nodejs.org/api/dns.html#resolvercancel)
function Resolver:cancel() end

--- Asks from these own IPs, one of each family. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE.
--- [Node](https://nodejs.org/api/dns.html#resolversetlocaladdressipv4-ipv6)
---@param ipv4 string
---@param ipv6? string
function Resolver:setLocalAddress(ipv4, ipv6) end

--- As dns.getServers.
---@return string[]
function Resolver:getServers() end

--- As dns.setServers; raises ERR_DNS_SET_SERVERS_FAILED while something waits.
---@param servers string[]
function Resolver:setServers(servers) end

--- As dns.resolve.
---@param name string
---@param rrtype? dns.Type
---@param callback? dns.Callback<any>
---@return any|nil found without a callback
---@return Error? err
function Resolver:resolve(name, rrtype, callback) end

--- As dns.resolve4.
---@param name string
---@param options? dns.Ttl
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function Resolver:resolve4(name, options, callback) end

--- As dns.resolve6.
---@param name string
---@param options? dns.Ttl
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function Resolver:resolve6(name, options, callback) end

--- As dns.resolveAny.
---@param name string
---@param callback? dns.Callback<dns.AnyRecord[]>
---@return dns.AnyRecord[]? found without a callback
---@return Error? err
function Resolver:resolveAny(name, callback) end

--- As dns.resolveCaa.
---@param name string
---@param callback? dns.Callback<dns.CaaRecord[]>
---@return dns.CaaRecord[]? found without a callback
---@return Error? err
function Resolver:resolveCaa(name, callback) end

--- As dns.resolveCname.
---@param name string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function Resolver:resolveCname(name, callback) end

--- As dns.resolveMx.
---@param name string
---@param callback? dns.Callback<dns.MxRecord[]>
---@return dns.MxRecord[]? found without a callback
---@return Error? err
function Resolver:resolveMx(name, callback) end

--- As dns.resolveNaptr.
---@param name string
---@param callback? dns.Callback<dns.NaptrRecord[]>
---@return dns.NaptrRecord[]? found without a callback
---@return Error? err
function Resolver:resolveNaptr(name, callback) end

--- As dns.resolveNs.
---@param name string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function Resolver:resolveNs(name, callback) end

--- As dns.resolvePtr.
---@param name string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function Resolver:resolvePtr(name, callback) end

--- As dns.resolveSoa.
---@param name string
---@param callback? dns.Callback<dns.SoaRecord>
---@return dns.SoaRecord? found without a callback
---@return Error? err
function Resolver:resolveSoa(name, callback) end

--- As dns.resolveSrv.
---@param name string
---@param callback? dns.Callback<dns.SrvRecord[]>
---@return dns.SrvRecord[]? found without a callback
---@return Error? err
function Resolver:resolveSrv(name, callback) end

--- As dns.resolveTlsa.
---@param name string
---@param callback? dns.Callback<dns.TlsaRecord[]>
---@return dns.TlsaRecord[]? found without a callback
---@return Error? err
function Resolver:resolveTlsa(name, callback) end

--- As dns.resolveTxt.
---@param name string
---@param callback? dns.Callback<string[][]>
---@return string[][]? found without a callback
---@return Error? err
function Resolver:resolveTxt(name, callback) end

--- As dns.reverse.
---@param ip string
---@param callback? dns.Callback<string[]>
---@return string[]? found without a callback
---@return Error? err
function Resolver:reverse(ip, callback) end

return dns
