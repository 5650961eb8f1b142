---@meta

--- One end of a connection, TCP or Unix. [Node](https://nodejs.org/api/net.html#class-netsocket)
---
--- Other fields may be assigned, `socket.name = "bob"`. Assigning a read-only property raises.
--- `local socket <close> = ...` destroys it at the end of the block. The events are listed at `on`.
---@class Socket: EventEmitter
---@field connecting boolean (read-only) connect() was called, "connect" not told yet
---@field pending boolean (read-only) not connected (yet)
---@field destroyed boolean (read-only)
---@field closed boolean (read-only) "close" was told
---@field hadError boolean (read-only) what "close" tells: an error destroyed it. Not in Node
---@field errored Error|nil (read-only) what it was destroyed with
---@field readyState "opening"|"open"|"readOnly"|"writeOnly"|"closed" (read-only)
---@field readable boolean (read-only) read() makes sense
---@field readableEnded boolean (read-only) "end" was told
---@field readableAborted boolean (read-only) destroyed or failed before "end"
---@field readableDidRead boolean (read-only) something was read
---@field readableFlowing boolean|nil (read-only) nil: nobody asked for data; false: paused
---@field readableEncoding string|nil (read-only) of setEncoding()
---@field readableLength integer (read-only) bytes that wait to be read by the script
---@field readableHighWaterMark integer (read-only) bytes that are read ahead
---@field writable boolean (read-only) write() makes sense
---@field writableEnded boolean (read-only) finish() was called
---@field writableFinished boolean (read-only) all is written: right before "finish"
---@field writableAborted boolean (read-only) destroyed or failed before "finish"
---@field writableNeedDrain boolean (read-only) write() returned false, "drain" will follow
---@field writableCorked integer (read-only) calls of cork() that wait for their uncork()
---@field writableLength integer (read-only) bytes that the kernel has not taken
---@field writableHighWaterMark integer (read-only) bytes from which on write() returns false
---@field bufferSize integer|nil (read-only) writableLength; nil without a connection
---@field bytesRead integer (read-only)
---@field bytesWritten integer (read-only) bytes that wait included
---@field remoteAddress string|nil (read-only) the peer's IP, for accepted sockets also after "close"; nil for Unix
---@field remotePort integer|nil (read-only)
---@field remoteFamily "IPv4"|"IPv6"|nil (read-only)
---@field localAddress string|nil (read-only) the own end's IP; nil for Unix sockets
---@field localPort integer|nil (read-only)
---@field localFamily "IPv4"|"IPv6"|nil (read-only)
---@field timeout number|nil ms, of setTimeout(); assigning does nothing
---@field allowHalfOpen boolean do not end our side when the peer ends its own
---@field blockList? BlockList of the option
---@field server Server|nil (read-only) that accepted it
---@field fd integer|nil (read-only) its descriptor while it is connected. Not in Node
---@field autoSelectFamilyAttemptedAddresses? string[] "ip:port" of each attempt, where a name had several addresses
local Socket = {}

--- Connects: to options, to a port and a host ("localhost"), or to the path of a Unix socket. A closed socket may
--- connect again. Raises ERR_MISSING_ARGS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_SOCKET_BAD_PORT,
--- ERR_INVALID_IP_ADDRESS, ERR_OUT_OF_RANGE, and ERR_SOCKET_ALREADY_CONNECTED while it is connected (Node does not).
--- What the world refuses is "error": ECONNREFUSED, ENOTFOUND, ETIMEDOUT, ...; an AggregateError when several addresses
--- were tried. [Node](https://nodejs.org/api/net.html#socketconnect)
---@param options net.ConnectOptions|integer|string
---@param host? string
---@param listener? fun() of "connect"; may be the second argument
---@return self
---@overload fun(self: Socket, options: net.ConnectOptions, listener?: fun()): Socket
---@overload fun(self: Socket, port: integer|string, listener?: fun()): Socket
---@overload fun(self: Socket, path: string, listener?: fun()): Socket
function Socket:connect(options, host, listener) end

--- Writes bytes, or text in an encoding. The bytes leave together with what else this callback writes, when it
--- returns. Raises ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING. After finish() or destroy() the callback gets the error
--- (ERR_STREAM_WRITE_AFTER_END, EPIPE, ERR_STREAM_DESTROYED), which is "error" too unless the socket was destroyed.
--- [Node](https://nodejs.org/api/net.html#socketwritedata-encoding-callback)
---@param data string
---@param encoding? net.Encoding default: of setDefaultEncoding(), or "utf8"
---@param callback? fun(err: any) the kernel has the bytes, or never will; may be the second argument
---@return boolean more false: wait for "drain" before writing more
---@overload fun(self: Socket, data: string, callback?: fun(err: any)): boolean
function Socket:write(data, encoding, callback) end

--- Node's `end`, which is a word of Lua: ends our side when all is written, data included; "finish" follows.
--- Raises as write does. [Node](https://nodejs.org/api/net.html#socketenddata-encoding-callback)
---@param data? string
---@param encoding? net.Encoding
---@param callback? fun(err: any) all is written; may be the first or second argument
---@return self
---@overload fun(self: Socket, callback?: fun(err: any)): Socket
---@overload fun(self: Socket, data: string, callback?: fun(err: any)): Socket
function Socket:finish(data, encoding, callback) end

--- The same as finish.
Socket.end_ = Socket.finish

--- The same as finish: `socket["end"](socket)`.
Socket["end"] = Socket.finish

--- Hands what this callback has written to the kernel now. Not in Node.
---@return self
function Socket:flush() end

--- Closes the socket; writes that wait fail. With an error "error" precedes "close". A second time does nothing.
--- [Node](https://nodejs.org/api/net.html#socketdestroyerror)
---@param err? any an Error, a string (becomes one) or a table with `message`
---@return self
function Socket:destroy(err) end

--- Destroys the socket when all is written. [Node](https://nodejs.org/api/net.html#socketdestroysoon)
function Socket:destroySoon() end

--- Closes a TCP connection with an RST. While connecting, "connect" comes first. Without a connection
--- ERR_SOCKET_CLOSED is "error". Raises ERR_INVALID_HANDLE_TYPE for a Unix socket.
--- [Node](https://nodejs.org/api/net.html#socketresetanddestroy)
---@return self
function Socket:resetAndDestroy() end

--- Takes bytes from the read buffer: all that is there, or exactly n (the rest, once the peer has ended). "data" is
--- told as well. Raises ERR_OUT_OF_RANGE. [Node](https://nodejs.org/api/stream.html#readablereadsize)
---@param n? integer at most 1 GiB
---@return string|nil data nil: not (yet) there
function Socket:read(n) end

--- Puts bytes back in front of the read buffer. Raises ERR_INVALID_ARG_TYPE; after "end"
--- ERR_STREAM_UNSHIFT_AFTER_END_EVENT is "error".
--- [Node](https://nodejs.org/api/stream.html#readableunshiftchunk-encoding)
---@param data? string nil: the end, as if the peer had ended
---@return boolean room whether the buffer is below its mark
function Socket:unshift(data) end

--- No "data" and no "end" until resume(). [Node](https://nodejs.org/api/net.html#socketpause)
---@return self
function Socket:pause() end

--- Lets "data" flow, or be dropped where nobody listens. [Node](https://nodejs.org/api/net.html#socketresume)
---@return self
function Socket:resume() end

--- [Node](https://nodejs.org/api/stream.html#readableispaused)
---@return boolean
function Socket:isPaused() end

--- Chunks are text from now on; a character that is cut waits for its rest. Raises ERR_UNKNOWN_ENCODING.
--- [Node](https://nodejs.org/api/net.html#socketsetencodingencoding)
---@param encoding? net.Encoding default "utf8"
---@return self
function Socket:setEncoding(encoding) end

--- What write() takes text for where it is not told. Raises ERR_UNKNOWN_ENCODING.
--- [Node](https://nodejs.org/api/stream.html#writablesetdefaultencodingencoding)
---@param encoding net.Encoding
---@return self
function Socket:setDefaultEncoding(encoding) end

--- Holds writes back until uncork(). [Node](https://nodejs.org/api/stream.html#writablecork)
function Socket:cork() end

--- Lets them go; once for each cork(). [Node](https://nodejs.org/api/stream.html#writableuncork)
function Socket:uncork() end

--- Writes everything that is read to a destination, no faster than it takes it, and ends it at the end. Between two
--- sockets the bytes never enter Lua. Errors are not passed on.
--- [Node](https://nodejs.org/api/stream.html#readablepipedestination-options)
---@generic T
---@param destination T a Socket, or any emitter with `write` and `end`
---@param options? { end: boolean, end_: boolean } `{ ["end"] = false }`: the destination is not ended
---@return T destination
function Socket:pipe(destination, options) end

--- Takes a destination off, or all. [Node](https://nodejs.org/api/stream.html#readableunpipedestination)
---@param destination? any
---@return self
function Socket:unpipe(destination) end

--- "timeout" after so many ms without traffic; nothing is closed. Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
--- [Node](https://nodejs.org/api/net.html#socketsettimeouttimeout-callback)
---@param ms number 0: never
---@param callback? fun() of the next "timeout"; with 0: the one to take off
---@return self
function Socket:setTimeout(ms, callback) end

--- TCP_NODELAY, also before it is connected. [Node](https://nodejs.org/api/net.html#socketsetnodelaynodelay)
---@param on? boolean default true
---@return self
function Socket:setNoDelay(on) end

--- SO_KEEPALIVE, also before it is connected. Times are in whole seconds: a "KeepAliveWarning" tells of less.
--- Raises ERR_INVALID_ARG_TYPE for a table's fields.
--- [Node](https://nodejs.org/api/net.html#socketsetkeepaliveenable-initialdelay)
---@param on? boolean|net.KeepAliveOptions default false
---@param initialDelay? number ms without traffic before the first probe; 0: the system's
---@param interval? number ms between probes (1000); 0: as it is
---@param count? integer probes without an answer until the connection is lost (10); 0: as it is
---@return self
function Socket:setKeepAlive(on, initialDelay, interval, count) end

--- The type of service of IPv4 packets, the traffic class of IPv6 ones; also before it is connected. A Unix socket
--- only remembers it. Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, EINVAL, ...
--- [Node](https://nodejs.org/api/net.html#socketsettypeofservicetos)
---@param tos integer 0 to 255
---@return self
function Socket:setTypeOfService(tos) end

--- [Node](https://nodejs.org/api/net.html#socketgettypeofservice)
---@return integer tos the system's once it is connected; it may have masked some bits
function Socket:getTypeOfService() end

--- The own end. [Node](https://nodejs.org/api/net.html#socketaddress)
---@return net.Address|{} address empty for a Unix socket, and without a connection
function Socket:address() end

--- Lets the socket keep the loop alive, as it does from the start. [Node](https://nodejs.org/api/net.html#socketref)
---@return self
function Socket:ref() end

--- Lets the loop end although the socket is open. [Node](https://nodejs.org/api/net.html#socketunref)
---@return self
function Socket:unref() end

--- Adds a listener. The events, in the order of a life:
--- * `"lookup"` (err, address, family, host): for each address of a name.
--- * `"connectionAttempt"` (address, port, family), `"connectionAttemptFailed"` (address, port, family, err),
---   `"connectionAttemptTimeout"` (address, port, family).
--- * `"connect"` (), `"ready"` (): connected.
--- * `"data"` (chunk); `"readable"` (): read() has something; `"end"` (): the peer has ended.
--- * `"pause"` (), `"resume"` ().
--- * `"drain"` (): write() may go on; `"prefinish"` (), `"finish"` (): all is written, our side has ended.
--- * `"pipe"` (source), `"unpipe"` (source): told to the destination.
--- * `"timeout"` (): see setTimeout().
--- * `"error"` (err): at most once, before "close". Without a listener it ends the program.
--- * `"close"` (hadError): once, last.
---@param event string
---@param listener fun(...: any)
---@return self
---@overload fun(self: Socket, event: "lookup", listener: net.LookupListener): Socket
---@overload fun(self: Socket, event: "connectionAttempt", listener: net.AttemptListener): Socket
---@overload fun(self: Socket, event: "connectionAttemptFailed", listener: net.AttemptListener): Socket
---@overload fun(self: Socket, event: "connectionAttemptTimeout", listener: net.AttemptListener): Socket
---@overload fun(self: Socket, event: "connect"|"ready"|"readable"|"end"|"pause"|"resume", listener: fun()): Socket
---@overload fun(self: Socket, event: "drain"|"prefinish"|"finish"|"timeout", listener: fun()): Socket
---@overload fun(self: Socket, event: "data", listener: fun(chunk: string)): Socket
---@overload fun(self: Socket, event: "pipe"|"unpipe", listener: fun(source: Socket)): Socket
---@overload fun(self: Socket, event: "error", listener: fun(err: Error)): Socket
---@overload fun(self: Socket, event: "close", listener: fun(hadError: boolean)): Socket
function Socket:on(event, listener) end

--- Adds a listener that is removed before it is called; the events are those of `on`.
Socket.once = Socket.on

---@alias net.LookupListener fun(err: any, address: string?, family: 4|6?, host: string)
---@alias net.AttemptListener fun(address: string, port: integer?, family: 4|6?, err: Error?)

--- Waits for bytes: as they arrive (what = nil), so many (a number), a line without or with its end ("l", "L"), or
--- all until the end ("a"). At the end nil; nil, err and what there was when the stream failed or ended too early,
--- or the limit is over (then nothing is taken). A line may have 1 MiB. One task may wait at a time, another gets
--- EBUSY. Not with "data" listeners: raises ERR_STREAM_HAS_LISTENERS. From then on the socket is half-open, and its
--- errors are the next verb's.
---@param what? integer|"l"|"L"|"a"
---@param limit? number|async.Limit
---@return string? data
---@return Error? err
---@return string? partial
function Socket:receive(what, limit) end

--- Waits for what is before a delimiter.
---@param delimiter string
---@param options? { max?: integer, inclusive?: boolean } max: bytes (1 MiB); inclusive: the delimiter is part of it
---@param limit? number|async.Limit
---@return string? data
---@return Error? err
---@return string? partial
function Socket:receiveUntil(delimiter, options, limit) end

--- for line in socket:lines() do: until the end, an error, which the next verb tells, or the limit: readableEnded tells
--- the end from the others. Waits.
---@param what? integer|"l"|"L"|"a" as for receive ("l")
---@param limit? number|{ timeout?: number, signal?: AbortSignal, max?: integer } ms for a line; max: its bytes (1 MiB)
---@return fun(socket: Socket): string?
---@return Socket
function Socket:lines(what, limit) end

--- for chunk in socket:chunks() do: bytes as they arrive, until the end, an error, or the limit. Waits.
---@param limit? number|async.Limit ms for a chunk
---@return fun(socket: Socket): string?
---@return Socket
function Socket:chunks(limit) end

--- Writes, and waits until the kernel has it all: back-pressure. Small data leave together when the task waits
--- next. Several tasks may send, in order. After the limit the data are still on their way.
---@param data string
---@param limit? number|async.Limit
---@return integer? bytes
---@return Error? err
function Socket:send(data, limit) end
