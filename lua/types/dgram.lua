---@meta dgram

--- UDP sockets. [Node](https://nodejs.org/api/dgram.html)
---
--- Wrong arguments and calls in the wrong state are raised (catch them with pcall), failures of the world are "error"
--- events or go to the callback. Sizes are bytes; a message is a string of bytes. An "error" does not close a socket.
---@class dgram
---@field Socket dgram.SocketClass
local dgram = {}

---@alias dgram.Listener fun(message: string, info: dgram.RemoteInfo)

---@class dgram.SocketClass
---@overload fun(options: "udp4"|"udp6"|dgram.SocketOptions, listener?: dgram.Listener): UDPSocket
---@field new fun(options: "udp4"|"udp6"|dgram.SocketOptions, listener?: dgram.Listener): UDPSocket
---@field prototype table the methods of all sockets
local SocketClass = {}

--- Options of createSocket.
---@class dgram.SocketOptions
---@field type "udp4"|"udp6" required
---@field reuseAddr? boolean SO_REUSEADDR at bind: several sockets may share a port (false)
---@field reusePort? boolean SO_REUSEPORT at bind: the system shares the messages out among them (false)
---@field ipv6Only? boolean of "udp6": no IPv4 on "::" (false)
---@field recvBufferSize? integer bytes, set when it is bound
---@field sendBufferSize? integer bytes, set when it is bound
---@field lookup? dgram.Lookup instead of getaddrinfo; never called for an IP
---@field receiveBlockList? BlockList messages of these IPs are dropped
---@field sendBlockList? BlockList nothing is sent to these IPs: ERR_IP_BLOCKED
---@field signal? AbortSignal closes the socket

---@alias dgram.Lookup fun(host: string, family: 4|6, callback: fun(err: any, address: string?))
---@alias dgram.SendCallback fun(err: Error?, bytes: integer?)

--- Options of bind.
---@class dgram.BindOptions
---@field port? integer|string 0: a free one (0)
---@field address? string an IP or a name ("0.0.0.0" or "::", all interfaces)
---@field exclusive? boolean means something to Node's cluster only
---@field fd? integer takes this bound descriptor over

--- Who sent a message.
---@class dgram.RemoteInfo
---@field address string a link-local IPv6 address has its zone: "fe80::1%eth0"
---@field family "IPv4"|"IPv6"
---@field port integer
---@field size integer bytes of the message

--- A new socket, not bound. Raises ERR_SOCKET_BAD_TYPE, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- [Node](https://nodejs.org/api/dgram.html#dgramcreatesocketoptions-callback)
---@param options "udp4"|"udp6"|dgram.SocketOptions
---@param listener? dgram.Listener of "message"
---@return UDPSocket
function dgram.createSocket(options, listener) end

--- A socket for datagrams. It receives from when it is bound until it is closed; both keep the loop alive.
---@class UDPSocket: EventEmitter
---@field type "udp4"|"udp6" (read-only)
---@field fd? integer the descriptor, once there is one (read-only)
---@field sendErrors integer how many sends without a callback have failed (read-only). Not in Node
local UDPSocket = {}

--- Binds to a port and an address, and receives from then on: "listening" follows by tick. When it fails, "error" tells
--- why, and bind may be tried again. Raises ERR_SOCKET_ALREADY_BOUND, ERR_SOCKET_DGRAM_NOT_RUNNING,
--- ERR_SOCKET_BAD_PORT,
--- ERR_INVALID_FD_TYPE. [Node](https://nodejs.org/api/dgram.html#socketbindport-address-callback)
---@param port? integer|string|dgram.BindOptions (0: a free one)
---@param address? string an IP or a name (all interfaces)
---@param callback? fun() of "listening"; may be any argument that is the last one
---@return self
---@overload fun(self: UDPSocket, options: dgram.BindOptions, callback?: fun()): UDPSocket
---@overload fun(self: UDPSocket, callback: fun()): UDPSocket
function UDPSocket:bind(port, address, callback) end

--- Binds now, or raises why not; "listening" follows by tick. The address is an IP: nothing is looked up.
---@param options? { port?: integer|string, address?: string }
---@return net.Address
function UDPSocket:bindSync(options) end

--- Sends a message: a string, a part of it (offset is 0-based), or a list of strings, which become one message. Without
--- a peer from connect(), port and address say where to; with one, neither is given. The forms are
--- send(message[, offset, length], port[, address][, callback]) and send(message[, offset, length][, callback]).
--- A socket that is not bound is bound to a free port. What one callback sends leaves together when it returns.
--- Raises ERR_INVALID_ARG_TYPE, ERR_BUFFER_OUT_OF_BOUNDS, ERR_SOCKET_BAD_PORT, ERR_SOCKET_DGRAM_IS_CONNECTED,
--- ERR_SOCKET_DGRAM_NOT_RUNNING.
--- [Node](https://nodejs.org/api/dgram.html#socketsendmsg-offset-length-port-address-callback)
---@param message string|string[] at most 65,507 bytes (IPv4); "" and {} are messages too
---@param port integer|string from 1
---@param address? string an IP or a name ("127.0.0.1" or "::1")
---@param callback? dgram.SendCallback without one, errors of the system are counted in sendErrors
---@overload fun(self: UDPSocket, message: string|string[], callback?: dgram.SendCallback)
---@overload fun(self: UDPSocket, message: string|string[], port: integer|string, callback: dgram.SendCallback)
function UDPSocket:send(message, port, address, callback) end

--- send() with all of its arguments. [Node](https://nodejs.org/api/dgram.html)
---@param message string
---@param offset integer
---@param length integer
---@param port integer
---@param address string
---@param callback? dgram.SendCallback
function UDPSocket:sendto(message, offset, length, port, address, callback) end

--- Sends to one peer, and receives from it only, from now on; then "connect". Raises ERR_SOCKET_BAD_PORT,
--- ERR_INVALID_ARG_TYPE, ERR_SOCKET_DGRAM_IS_CONNECTED, ERR_SOCKET_DGRAM_NOT_RUNNING.
--- [Node](https://nodejs.org/api/dgram.html#socketconnectport-address-callback)
---@param port integer|string from 1
---@param address? string an IP or a name ("127.0.0.1" or "::1")
---@param callback? fun(err: Error?) of "connect", or with the error; without one that is "error"
---@overload fun(self: UDPSocket, port: integer|string, callback: fun(err: Error?))
function UDPSocket:connect(port, address, callback) end

--- Connects now, or raises why not; "connect" follows by tick. The address is an IP: nothing is looked up.
---@param port integer|string from 1
---@param address? string
function UDPSocket:connectSync(port, address) end

--- Ends what connect() began; the port stays. Raises ERR_SOCKET_DGRAM_NOT_CONNECTED.
--- [Node](https://nodejs.org/api/dgram.html#socketdisconnect)
function UDPSocket:disconnect() end

--- Closes the socket when what was sent has left; then "close". Raises ERR_SOCKET_DGRAM_NOT_RUNNING when it is closed.
--- [Node](https://nodejs.org/api/dgram.html#socketclosecallback)
---@param callback? fun() of "close"
---@return self
function UDPSocket:close(callback) end

--- Where it is bound. Raises EBADF before that. [Node](https://nodejs.org/api/dgram.html#socketaddress)
---@return net.Address
function UDPSocket:address() end

--- The peer of connect(). Raises ERR_SOCKET_DGRAM_NOT_CONNECTED.
--- [Node](https://nodejs.org/api/dgram.html#socketremoteaddress)
---@return net.Address
function UDPSocket:remoteAddress() end

--- Lets the socket keep the loop alive, as it does from the start. [Node](https://nodejs.org/api/dgram.html#socketref)
---@return self
function UDPSocket:ref() end

--- Lets the loop end although the socket is bound. [Node](https://nodejs.org/api/dgram.html#socketunref)
---@return self
function UDPSocket:unref() end

--- Whether it may send to broadcast addresses. Raises EBADF before it is bound.
--- [Node](https://nodejs.org/api/dgram.html#socketsetbroadcastflag)
---@param on boolean
function UDPSocket:setBroadcast(on) end

--- How many hops a message may take. Raises EINVAL, EBADF. [Node](https://nodejs.org/api/dgram.html#socketsetttlttl)
---@param ttl integer 1 to 255
---@return integer ttl
function UDPSocket:setTTL(ttl) end

--- The same for multicast. [Node](https://nodejs.org/api/dgram.html#socketsetmulticastttlttl)
---@param ttl integer 0 to 255
---@return integer ttl
function UDPSocket:setMulticastTTL(ttl) end

--- Whether this host receives its own multicast.
--- [Node](https://nodejs.org/api/dgram.html#socketsetmulticastloopbackflag)
---@param on boolean
---@return boolean on
function UDPSocket:setMulticastLoopback(on) end

--- The interface that multicast leaves by. Raises EINVAL, EADDRNOTAVAIL.
--- [Node](https://nodejs.org/api/dgram.html#socketsetmulticastinterfacemulticastinterface)
---@param address string one of its own addresses; for IPv6 "::%name"
function UDPSocket:setMulticastInterface(address) end

--- Receives what is sent to a group; a "udp6" socket on "::" may be a member of IPv4 groups as well. One that is not
--- bound is bound to a free port. Raises ERR_MISSING_ARGS, EINVAL, ENODEV, EADDRINUSE, of "udp4" ENOPROTOOPT for IPv6.
--- [Node](https://nodejs.org/api/dgram.html#socketaddmembershipmulticastaddress-multicastinterface)
---@param group string
---@param interface? string as for setMulticastInterface, of the group's family (the system's choice)
function UDPSocket:addMembership(group, interface) end

--- Ends addMembership.
--- [Node](https://nodejs.org/api/dgram.html#socketdropmembershipmulticastaddress-multicastinterface)
---@param group string
---@param interface? string
function UDPSocket:dropMembership(group, interface) end

--- Receives what one source sends to a group.
--- [Node](https://nodejs.org/api/dgram.html#socketaddsourcespecificmembershipsourceaddress-groupaddress-
--- multicastinterface)
---@param source string an IP
---@param group string
---@param interface? string
function UDPSocket:addSourceSpecificMembership(source, group, interface) end

--- Ends addSourceSpecificMembership.
--- [Node](https://nodejs.org/api/dgram.html#socketdropsourcespecificmembershipsourceaddress-groupaddress-
--- multicastinterface)
---@param source string
---@param group string
---@param interface? string
function UDPSocket:dropSourceSpecificMembership(source, group, interface) end

--- Bytes that may wait to be received; Linux says twice what was set. Raises ERR_SOCKET_BUFFER_SIZE before it is bound.
--- [Node](https://nodejs.org/api/dgram.html#socketgetrecvbuffersize)
---@return integer
function UDPSocket:getRecvBufferSize() end

--- [Node](https://nodejs.org/api/dgram.html#socketgetsendbuffersize)
---@return integer
function UDPSocket:getSendBufferSize() end

--- Raises ERR_SOCKET_BAD_BUFFER_SIZE, ERR_SOCKET_BUFFER_SIZE.
--- [Node](https://nodejs.org/api/dgram.html#socketsetrecvbuffersizesize)
---@param bytes integer
function UDPSocket:setRecvBufferSize(bytes) end

--- [Node](https://nodejs.org/api/dgram.html#socketsetsendbuffersizesize)
---@param bytes integer
function UDPSocket:setSendBufferSize(bytes) end

--- Bytes that the kernel has not taken yet. [Node](https://nodejs.org/api/dgram.html#socketgetsendqueuesize)
---@return integer
function UDPSocket:getSendQueueSize() end

--- Messages that the kernel has not taken yet. [Node](https://nodejs.org/api/dgram.html#socketgetsendqueuecount)
---@return integer
function UDPSocket:getSendQueueCount() end

--- The next message; nil when the socket is closed. Not with "message" listeners: raises ERR_SOCKET_HAS_LISTENERS. At
--- most 64 messages wait for it, and a batch; then the kernel keeps the rest. Waits.
---@param limit? number|async.Limit
---@return string? message
---@return dgram.RemoteInfo|Error|nil info or an error
function UDPSocket:receive(limit) end

--- for message, info in socket:messages() do: until it is closed, an error, which the next verb tells, or the limit.
--- Waits.
---@param limit? number|async.Limit ms for a message
---@return fun(): string?, dgram.RemoteInfo?
function UDPSocket:messages(limit) end

--- Adds a listener. The events:
--- * `"listening"` (): it is bound.
--- * `"message"` (message, info).
--- * `"connect"` ().
--- * `"error"` (err): bind failed, a name was not found, or the peer refused a message; the socket stays open.
--- * `"close"` ().
---@param event string
---@param listener fun(...: any)
---@return self
---@overload fun(self: UDPSocket, event: "listening"|"connect"|"close", listener: fun()): UDPSocket
---@overload fun(self: UDPSocket, event: "message", listener: dgram.Listener): UDPSocket
---@overload fun(self: UDPSocket, event: "error", listener: fun(err: Error)): UDPSocket
function UDPSocket:on(event, listener) end

--- Adds a listener that is removed before it is called; the events are those of `on`.
UDPSocket.once = UDPSocket.on

return dgram
