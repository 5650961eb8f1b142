---@meta net

--- TCP and Unix domain sockets. [Node](https://nodejs.org/api/net.html)
---
--- Wrong arguments are raised (catch them with pcall), failures of the world are "error" events. Times are
--- milliseconds, sizes bytes, data is a string of bytes. Ports are whole numbers from 0 to 65535, or text of one.
---@class net
---@field Socket net.SocketClass
---@field Stream net.SocketClass the same
---@field Server net.ServerClass
---@field BlockList net.BlockListClass
---@field SocketAddress net.SocketAddressClass
---@field BoundSocket net.BoundSocketClass
local net = {}

---@class net.SocketClass
---@overload fun(options?: net.SocketOptions|integer): Socket
---@field new fun(options?: net.SocketOptions|integer): Socket the same as calling the class
---@field prototype table the methods of all sockets; what is added here, every socket has
local SocketClass = {}

---@class net.ServerClass
---@overload fun(options?: net.ServerOptions|fun(socket: Socket), listener?: fun(socket: Socket)): Server
---@field new fun(options?: net.ServerOptions|fun(socket: Socket), listener?: fun(socket: Socket)): Server
---@field prototype table the methods of all servers
local ServerClass = {}

--- The end of a connection, as address() gives it.
---@class net.Address
---@field address string
---@field family "IPv4"|"IPv6"
---@field port integer

---@alias net.Encoding
---| "utf8"      # bytes as they are; read: a character is never cut
---| "utf-8"
---| "utf16le"   # little-endian UTF-16 on the wire, UTF-8 in the script
---| "utf-16le"
---| "ucs2"      # utf16le
---| "ucs-2"
---| "latin1"    # one byte a character on the wire, UTF-8 in the script
---| "binary"    # latin1
---| "ascii"
---| "hex"       # bytes on the wire, two digits each in the script
---| "base64"
---| "base64url"

-- -- options ----------------------------------------------------------------------------------------------------------

--- Options of a socket. Unknown keys are ignored, the table is not changed.
---@class net.SocketOptions
---@field fd? integer take over a descriptor: a connected TCP or Unix socket, or a pipe
---@field readable? boolean with fd: false for a descriptor that is only written (true)
---@field writable? boolean with fd: false for a descriptor that is only read (true)
---@field allowHalfOpen? boolean do not end our side when the peer ends its own (false)
---@field highWaterMark? integer bytes, of both buffers (65536)
---@field readableHighWaterMark? integer bytes that are read ahead
---@field writableHighWaterMark? integer bytes from which on write() returns false
---@field noDelay? boolean TCP_NODELAY (false)
---@field keepAlive? boolean SO_KEEPALIVE (false)
---@field keepAliveInitialDelay? number ms, in whole seconds (0: the system's)
---@field maxBufferedBytes? integer more bytes than these waiting to be written destroy the socket with
--- ERR_STREAM_MAX_BUFFERED (0: any number may wait). Not in Node
---@field signal? AbortSignal destroys the socket with an AbortError
---@field blockList? BlockList IPs that it does not connect to: ERR_IP_BLOCKED
---@field handle? BoundSocket to connect from, once; it is the socket's from now on
---@field onread? net.Onread gets what is read, in bytes; "data" gets nothing. false: no more until resume()
---@field typeOfService? integer as setTypeOfService() sets it

--- Options of setKeepAlive, instead of its arguments.
---@class net.KeepAliveOptions
---@field enable? boolean (false)
---@field initialDelay? number ms (0)
---@field interval? number ms (1000)
---@field count? integer probes (10)

---@alias net.Onread (fun(data: string): boolean?)|{ callback: fun(nread: integer, data: string): boolean? }

--- Options of connect(); createConnection takes those of a socket besides.
---@class net.ConnectOptions: net.SocketOptions
---@field port? integer|string required unless there is a path
---@field host? string a name or an IP ("localhost")
---@field path? string a Unix socket, at most 107 bytes; one that begins with "\0" is abstract. It wins over port
---@field localAddress? string an IP to connect from
---@field localPort? integer
---@field family? 0|4|6|"IPv4"|"IPv6" of the addresses that a name may give (0: any)
---@field hints? integer flags of getaddrinfo
---@field lookup? net.Lookup instead of getaddrinfo
---@field autoSelectFamily? boolean try all addresses of a name, families in turn (true)
---@field autoSelectFamilyAttemptTimeout? integer ms that one of them may take, at least 10 (500)
---@field timeout? number ms without traffic until "timeout"; of createConnection only
---@field connectTimeout? number ms that connecting may take, names included; then ETIMEDOUT. Not in Node

---@alias net.Lookup fun(host: string, options: net.LookupOptions, callback: net.LookupCallback)

---@class net.LookupOptions
---@field family 0|4|6
---@field hints integer
---@field all? boolean true: the callback takes a list

--- callback(err), callback(nil, address, family), or with `all` callback(nil, { { address =, family = }, ... })
---@alias net.LookupCallback fun(err: any, address: string|{ address: string, family: 4|6 }[]?, family: 4|6?)

---@class net.ServerOptions
---@field allowHalfOpen? boolean of the accepted sockets (false)
---@field pauseOnConnect? boolean accepted sockets read nothing until resume() (false)
---@field noDelay? boolean of the accepted sockets: TCP_NODELAY (false)
---@field keepAlive? boolean of the accepted sockets: SO_KEEPALIVE (false)
---@field keepAliveInitialDelay? number ms, in whole seconds (0: the system's)
---@field highWaterMark? number bytes, of both buffers of the accepted sockets (65536)
---@field blockList? BlockList peers whose connection is closed at once, and nobody told

---@class net.ListenOptions
---@field port? integer|string 0: a free one. It wins over path
---@field host? string an IP or a name (every own address, IPv6 and IPv4)
---@field path? string a Unix socket, at most 107 bytes; one that begins with "\0" is abstract
---@field backlog? integer connections that wait to be accepted (511)
---@field exclusive? boolean means something to Node's cluster only
---@field ipv6Only? boolean no IPv4 on "::" (false)
---@field reusePort? boolean SO_REUSEPORT: several processes share the port (false)
---@field readableAll? boolean everybody may read the Unix socket (false)
---@field writableAll? boolean everybody may write to it, which connecting needs (false)
---@field signal? AbortSignal closes the server
---@field fd? integer listen on this descriptor, which is taken over
---@field handle? net.Listenable listen on what it has

---@alias net.Listenable BoundSocket|Server|Socket|{ fd: integer }

-- -- the module -------------------------------------------------------------------------------------------------------

--- A server that does not listen yet. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener)
---@param options? net.ServerOptions|fun(socket: Socket) or the listener
---@param listener? fun(socket: Socket) of "connection"
---@return Server
---@overload fun(listener: fun(socket: Socket)): Server
function net.createServer(options, listener) end

--- A new socket that connects: to options, to a port and a host ("localhost"), or to the path of a Unix socket.
--- Raises what socket:connect() raises. [Node](https://nodejs.org/api/net.html#netcreateconnection)
---@param options net.ConnectOptions|integer|string
---@param host? string
---@param listener? fun() of "connect"; may be the second argument
---@return Socket
---@overload fun(options: net.ConnectOptions, listener?: fun()): Socket
---@overload fun(port: integer|string, listener?: fun()): Socket
---@overload fun(path: string, listener?: fun()): Socket
function net.createConnection(options, host, listener) end

--- The same as createConnection. [Node](https://nodejs.org/api/net.html#netconnect)
net.connect = net.createConnection

--- The version of an IP: 4 or 6; 0 for anything else. [Node](https://nodejs.org/api/net.html#netisipinput)
---@param value any
---@return 0|4|6
function net.isIP(value) end

--- [Node](https://nodejs.org/api/net.html#netisipv4input)
---@param value any
---@return boolean
function net.isIPv4(value) end

--- [Node](https://nodejs.org/api/net.html#netisipv6input)
---@param value any
---@return boolean
function net.isIPv6(value) end

--- The default of the option autoSelectFamily; true at first.
--- [Node](https://nodejs.org/api/net.html#netgetdefaultautoselectfamily)
---@return boolean
function net.getDefaultAutoSelectFamily() end

--- Raises ERR_INVALID_ARG_TYPE. [Node](https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyvalue)
---@param value boolean
function net.setDefaultAutoSelectFamily(value) end

--- The default of the option autoSelectFamilyAttemptTimeout, in ms; 500 at first.
--- [Node](https://nodejs.org/api/net.html#netgetdefaultautoselectfamilyattempttimeout)
---@return integer
function net.getDefaultAutoSelectFamilyAttemptTimeout() end

--- Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- [Node](https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyattempttimeoutvalue)
---@param ms integer at least 1; what is less than 10 becomes 10
function net.setDefaultAutoSelectFamilyAttemptTimeout(ms) end

return net
