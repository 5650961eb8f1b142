---@meta

--- Accepts connections. [Node](https://nodejs.org/api/net.html#class-netserver)
---
--- Other fields may be assigned. Assigning a read-only property raises. `local server <close> = ...` closes it at the
--- end of the block. The events are listed at `on`.
---@class Server: EventEmitter
---@field listening boolean (read-only)
---@field maxConnections integer|nil more connections than these are dropped; nil: none is
---@field dropMaxConnection boolean means something to Node's cluster only; assigning does nothing
---@field connectionCount integer (read-only) accepted and not destroyed yet. Not in Node
---@field allowHalfOpen boolean of the sockets accepted from now on
---@field pauseOnConnect boolean (read-only)
---@field noDelay boolean (read-only)
---@field keepAlive boolean (read-only)
---@field keepAliveInitialDelay integer (read-only) in seconds, as in Node
---@field highWaterMark integer (read-only) bytes
---@field blockList BlockList|nil (read-only) of the option
---@field fd integer|nil (read-only) its descriptor while it listens. Not in Node
local Server = {}

--- Listens: on options; on a port, a host (every own address), a backlog (511); on the path of a Unix socket; or on the
--- descriptor of a BoundSocket, another Server, a Socket or a table with `fd`. An IP is bound at once, a name is looked
--- up first; "listening" follows in any case. Raises ERR_SERVER_ALREADY_LISTEN, ERR_INVALID_ARG_TYPE,
--- ERR_INVALID_ARG_VALUE, ERR_SOCKET_BAD_PORT, ERR_SOCKET_HANDLE_ADOPTED; what the system refuses is "error":
--- EADDRINUSE, EADDRNOTAVAIL, EACCES, ENOTFOUND, ...
--- [Node](https://nodejs.org/api/net.html#serverlisten)
---@param options? net.ListenOptions|integer|string|BoundSocket|Server|Socket
---@param host? string
---@param backlog? integer
---@param listener? fun() of "listening"; may be any of the arguments, as the last one
---@return self
---@overload fun(self: Server, listener?: fun()): Server
---@overload fun(self: Server, options: net.ListenOptions, listener?: fun()): Server
---@overload fun(self: Server, port: integer|string, listener?: fun()): Server
---@overload fun(self: Server, port: integer|string, host: string, listener?: fun()): Server
---@overload fun(self: Server, port: integer|string, backlog: integer, listener?: fun()): Server
---@overload fun(self: Server, path: string, listener?: fun()): Server
---@overload fun(self: Server, path: string, backlog: integer, listener?: fun()): Server
---@overload fun(self: Server, handle: net.Listenable, listener?: fun()): Server
---@overload fun(self: Server, handle: net.Listenable, backlog: integer, listener?: fun()): Server
function Server:listen(options, host, backlog, listener) end

--- Stops accepting. "close" comes when the last connection is gone, then the callback, with ERR_SERVER_NOT_RUNNING if
--- the server did not listen. [Node](https://nodejs.org/api/net.html#serverclosecallback)
---@param options? { force: boolean } force: the connections are destroyed at once. Not in Node
---@param callback? fun(err: any) may be the first argument
---@return self
---@overload fun(self: Server, callback?: fun(err: any)): Server
function Server:close(options, callback) end

--- close(), and the connections that are left after some ms are destroyed. Raises ERR_INVALID_ARG_TYPE. Not in Node.
---@param graceMs? number default 0: at once
---@return self
function Server:closeAll(graceMs) end

--- Where it listens: the path of a Unix socket, nil when it does not listen.
--- [Node](https://nodejs.org/api/net.html#serveraddress)
---@return net.Address|string|nil
function Server:address() end

--- Counts the connections that are accepted and not destroyed yet. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/net.html#servergetconnectionscallback)
---@param callback fun(err: nil, count: integer)
---@return self
function Server:getConnections(callback) end

--- Lets the server keep the loop alive, as it does from the start. [Node](https://nodejs.org/api/net.html#serverref)
---@return self
function Server:ref() end

--- Lets the loop end although the server listens. [Node](https://nodejs.org/api/net.html#serverunref)
---@return self
function Server:unref() end

--- The next connection; nil when the server was closed, nil, err when listen() or accept() failed. The socket is
--- half-open: finish or destroy it. When 64 wait for this, the kernel keeps the rest. Waits.
---@param limit? number|async.Limit
---@return Socket? socket
---@return Error? err
function Server:accept(limit) end

--- for socket in server:connections() do: until the server is closed, an error, which the next verb tells, or the
--- limit. Waits.
---@param limit? number|async.Limit ms for a connection
---@return fun(): Socket?
function Server:connections(limit) end

--- Runs handler(socket, server) as a task for each connection; the socket is half-open. When it returns, what it wrote
--- still goes out, and what nobody has read is dropped; when it raises, its connection is destroyed and the error is
--- told by "taskError", or on stderr. closeAll(graceMs) and close { force = true } cancel the tasks that are left.
--- Raises ERR_INVALID_ARG_TYPE.
---@param handler fun(socket: Socket, server: Server)
---@return self
function Server:serve(handler) end

--- Adds a listener. The events:
--- * `"listening"` ().
--- * `"connection"` (socket).
--- * `"taskError"` (err, socket): the handler of serve() failed.
--- * `"drop"` (info): a connection above maxConnections was closed; info is nil for Unix sockets.
--- * `"error"` (err): listen() failed, "close" does not follow; or accept() does, then it is tried again every 100 ms.
--- * `"close"` (): after close(), when the last connection is gone.
---@param event string
---@param listener fun(...: any)
---@return self
---@overload fun(self: Server, event: "listening"|"close", listener: fun()): Server
---@overload fun(self: Server, event: "connection", listener: fun(socket: Socket)): Server
---@overload fun(self: Server, event: "drop", listener: fun(info: net.DropInfo?)): Server
---@overload fun(self: Server, event: "error", listener: fun(err: Error)): Server
function Server:on(event, listener) end

--- Adds a listener that is removed before it is called; the events are those of `on`.
Server.once = Server.on

---@class net.DropInfo
---@field localAddress string
---@field localPort integer
---@field localFamily "IPv4"|"IPv6"
---@field remoteAddress string
---@field remotePort integer
---@field remoteFamily "IPv4"|"IPv6"
