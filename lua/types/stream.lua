---@meta stream

--- Streams: what all of them have, and how scripts write their own. [Node](https://nodejs.org/api/stream.html)
---
--- Data is a string of bytes, sizes are bytes. There is no objectMode. A stream of one's own is made of functions,
--- given as options or as methods of a class: `local Upper = stream.Transform:extend "Upper"`,
--- `function Upper:_transform(chunk, encoding, callback) callback(nil, chunk:upper()) end`, `Upper()`. They may wait.
---@class stream
---@field Readable stream.ReadableClass
---@field Writable stream.WritableClass
---@field Duplex stream.DuplexClass
---@field Transform stream.TransformClass
---@field PassThrough stream.TransformClass hands on what it gets
---@field Stream stream.ReadableClass the same as Readable
local stream = {}

--- Calls back once, when a stream has ended, failed or closed. Returns what takes the listeners off. Raises
--- ERR_INVALID_ARG_TYPE. [Node](https://nodejs.org/api/stream.html#streamfinishedstream-options-callback)
---@param s any a stream
---@param options? { readable?: boolean, writable?: boolean, error?: boolean, signal?: AbortSignal } false: that half is
--- not waited for
---@param callback fun(err: Error?) ERR_STREAM_PREMATURE_CLOSE where it was closed before its end
---@return fun() cleanup
---@overload fun(s: any, callback: fun(err: Error?)): fun()
function stream.finished(s, options, callback) end

--- Pipes each stream into the next: pipeline(source, transform..., destination, callback), or with a list of them. When
--- one fails all are destroyed. Raises ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS.
--- [Node](https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback)
---@param ... any streams, and a callback(err) that is called once
---@return any stream the last one
function stream.pipeline(...) end

--- Destroys a stream with an AbortError, whose cause is the signal's reason, when the signal aborts; at once, when it
--- has. Raises ERR_INVALID_ARG_TYPE. [Node](https://nodejs.org/api/stream.html#streamaddabortsignalsignal-stream)
---@generic T
---@param signal AbortSignal
---@param target T a stream
---@return T target
function stream.addAbortSignal(signal, target) end

--- Bytes, 65536: the high-water mark of streams that are not told one.
--- [Node](https://nodejs.org/api/stream.html#streamgetdefaulthighwatermarkobjectmode)
---@return integer
function stream.getDefaultHighWaterMark() end

-- -- options ----------------------------------------------------------------------------------------------------------

--- What every stream of one's own takes. Callbacks get an error, or nil.
---@class stream.CommonOptions
---@field highWaterMark? integer bytes (65536)
---@field autoDestroy? boolean destroy it when it has ended or failed (true)
---@field emitClose? boolean tell "close" (true)
---@field maxBufferedBytes? integer more bytes than these waiting to be written are an error (0: any number may wait)
---@field signal? AbortSignal destroys the stream with an AbortError
---@field construct? fun(self: any, callback: fun(err: any)) comes first; nothing moves before it calls back
---@field destroy? fun(self: any, err: Error?, callback: fun(err: any)) gives up what it holds

---@class stream.ReadableOptions: stream.CommonOptions
---@field read? fun(self: Readable, size: integer) asks for more: push() answers, now or later
---@field encoding? net.Encoding chunks are text

---@class stream.WritableOptions: stream.CommonOptions
---@field write? fun(self: Writable, chunk: string, encoding: "buffer", callback: fun(err: any))
---@field writev? fun(self: Writable, chunks: { chunk: string, encoding: "buffer" }[], callback: fun(err: any)) several
---@field final? fun(self: Writable, callback: fun(err: any)) all is written; "finish" waits for it
---@field defaultEncoding? net.Encoding what write() takes text for ("utf8")

---@class stream.DuplexOptions: stream.ReadableOptions, stream.WritableOptions
---@field allowHalfOpen? boolean the end of what is read does not end what is written (true)
---@field readable? boolean false: nothing is read
---@field writable? boolean false: nothing is written
---@field readableHighWaterMark? integer bytes
---@field writableHighWaterMark? integer bytes

---@class stream.TransformOptions: stream.DuplexOptions
---@field transform? fun(self: Transform, chunk: string, encoding: "buffer", callback: fun(err: any, chunk: string?))
---@field flush? fun(self: Transform, callback: fun(err: any, chunk: string?)) what is to be read last

-- -- classes ----------------------------------------------------------------------------------------------------------

---@class stream.ReadableClass
---@overload fun(options?: stream.ReadableOptions): Readable
---@field new fun(options?: stream.ReadableOptions): Readable the same as calling the class
---@field prototype table the methods of all of them
---@field extend fun(self: table, name: string?): table a class of one's own, with _read and the like as methods
local ReadableClass = {}

---@class stream.WritableClass
---@overload fun(options?: stream.WritableOptions): Writable
---@field new fun(options?: stream.WritableOptions): Writable the same as calling the class
---@field prototype table the methods of all of them
---@field extend fun(self: table, name: string?): table a class of one's own
local WritableClass = {}

---@class stream.DuplexClass
---@overload fun(options?: stream.DuplexOptions): Duplex
---@field new fun(options?: stream.DuplexOptions): Duplex the same as calling the class
---@field prototype table the methods of all of them
---@field extend fun(self: table, name: string?): table a class of one's own
local DuplexClass = {}

---@class stream.TransformClass
---@overload fun(options?: stream.TransformOptions): Transform
---@field new fun(options?: stream.TransformOptions): Transform the same as calling the class
---@field prototype table the methods of all of them
---@field extend fun(self: table, name: string?): table a class of one's own
local TransformClass = {}

-- -- Readable ---------------------------------------------------------------------------------------------------------

--- What can be read. [Node](https://nodejs.org/api/stream.html#class-streamreadable)
---
--- Other fields may be assigned. Assigning a read-only property raises. `local s <close> = ...` destroys it at the end
--- of the block. The events are listed at `on`.
---@class Readable: EventEmitter
---@field destroyed boolean (read-only)
---@field closed boolean (read-only) "close" was told
---@field errored Error|nil (read-only) what it was destroyed with
---@field readable boolean (read-only) read() makes sense
---@field readableEnded boolean (read-only) "end" was told
---@field readableAborted boolean (read-only) destroyed or failed before "end"
---@field readableDidRead boolean (read-only) something was read
---@field readableFlowing boolean|nil (read-only) nil: nobody asked for data; false: paused
---@field readableEncoding string|nil (read-only) of setEncoding()
---@field readableLength integer (read-only) bytes that wait to be read by the script
---@field readableHighWaterMark integer (read-only) bytes that are read ahead
local Readable = {}

--- Closes the stream. With an error "error" precedes "close". A second time does nothing.
--- [Node](https://nodejs.org/api/stream.html#readabledestroyerror)
---@param err? any an Error, a string (becomes one) or a table with `message`
---@return self
function Readable:destroy(err) end

--- Takes bytes from the read buffer: all that is there, or exactly n (the rest, at the end). "data" is told as well.
--- Raises ERR_OUT_OF_RANGE. [Node](https://nodejs.org/api/stream.html#readablereadsize)
---@param n? integer at most 1 GiB
---@return string|nil data nil: not (yet) there
function Readable:read(n) end

--- Puts bytes back in front of the read buffer. Raises ERR_INVALID_ARG_TYPE; after "end"
--- ERR_STREAM_UNSHIFT_AFTER_END_EVENT is "error".
--- [Node](https://nodejs.org/api/stream.html#readableunshiftchunk-encoding)
---@param data? string nil: the end
---@return boolean room whether the buffer is below its mark
function Readable:unshift(data) end

--- No "data" and no "end" until resume(). [Node](https://nodejs.org/api/stream.html#readablepause)
---@return self
function Readable:pause() end

--- Lets "data" flow, or be dropped where nobody listens. [Node](https://nodejs.org/api/stream.html#readableresume)
---@return self
function Readable:resume() end

--- [Node](https://nodejs.org/api/stream.html#readableispaused)
---@return boolean
function Readable:isPaused() end

--- Chunks are text from now on; a character that is cut waits for its rest. Raises ERR_UNKNOWN_ENCODING.
--- [Node](https://nodejs.org/api/stream.html#readablesetencodingencoding)
---@param encoding? net.Encoding default "utf8"
---@return self
function Readable:setEncoding(encoding) end

--- Writes everything that is read to a destination, no faster than it takes it, and ends it at the end. Between
--- streams of sockets and files the bytes never enter Lua. Errors are not passed on.
--- [Node](https://nodejs.org/api/stream.html#readablepipedestination-options)
---@generic T
---@param destination T a stream, or any emitter with `write` and `end`
---@param options? { end: boolean, end_: boolean } `{ ["end"] = false }`: the destination is not ended
---@return T destination
function Readable:pipe(destination, options) end

--- Takes a destination off, or all. [Node](https://nodejs.org/api/stream.html#readableunpipedestination)
---@param destination? any
---@return self
function Readable:unpipe(destination) end

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
function Readable:receive(what, limit) end

--- Waits for what is before a delimiter.
---@param delimiter string
---@param options? { max?: integer, inclusive?: boolean } max: bytes (1 MiB); inclusive: the delimiter is part of it
---@param limit? number|async.Limit
---@return string? data
---@return Error? err
---@return string? partial
function Readable:receiveUntil(delimiter, options, limit) end

--- for line in stream:lines() do: until the end, an error, which the next verb tells, or the limit: readableEnded tells
--- the end from the others. Waits.
---@param what? integer|"l"|"L"|"a" as for receive ("l")
---@param limit? number|{ timeout?: number, signal?: AbortSignal, max?: integer } ms for a line; max: its bytes (1 MiB)
---@return fun(stream: Readable): string?
---@return Socket
function Readable:lines(what, limit) end

--- for chunk in stream:chunks() do: bytes as they arrive, until the end, an error, or the limit. Waits.
---@param limit? number|async.Limit ms for a chunk
---@return fun(stream: Readable): string?
---@return Socket
function Readable:chunks(limit) end

--- Adds a listener. The events:
--- * `"open"` (fd), `"ready"` (): of files.
--- * `"data"` (chunk); `"readable"` (): read() has something; `"end"` (): nothing follows.
--- * `"pause"` (), `"resume"` ().
--- * `"error"` (err): at most once, before "close". Without a listener it ends the program.
--- * `"close"` (): once, last.
---@param event string
---@param listener fun(...: any)
---@return self
---@overload fun(self: Readable, event: "data", listener: fun(chunk: string)): Readable
---@overload fun(self: Readable, event: "error", listener: fun(err: Error)): Readable
function Readable:on(event, listener) end

-- -- Writable ---------------------------------------------------------------------------------------------------------

--- What can be written to. [Node](https://nodejs.org/api/stream.html#class-streamwritable)
---
--- Other fields may be assigned. Assigning a read-only property raises. `local s <close> = ...` destroys it at the end
--- of the block. The events are listed at `on`.
---@class Writable: EventEmitter
---@field destroyed boolean (read-only)
---@field closed boolean (read-only) "close" was told
---@field errored Error|nil (read-only) what it was destroyed with
---@field writable boolean (read-only) write() makes sense
---@field writableEnded boolean (read-only) finish() was called
---@field writableFinished boolean (read-only) all is written: right before "finish"
---@field writableAborted boolean (read-only) destroyed or failed before "finish"
---@field writableNeedDrain boolean (read-only) write() returned false, "drain" will follow
---@field writableCorked integer (read-only) calls of cork() that wait for their uncork()
---@field writableLength integer (read-only) bytes that are not written yet
---@field writableHighWaterMark integer (read-only) bytes from which on write() returns false
local Writable = {}

--- Closes the stream; writes that wait fail. With an error "error" precedes "close". A second time does nothing.
--- [Node](https://nodejs.org/api/stream.html#writabledestroyerror)
---@param err? any an Error, a string (becomes one) or a table with `message`
---@return self
function Writable:destroy(err) end

--- Writes bytes, or text in an encoding. Raises ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING. After finish() or destroy()
--- the callback gets the error (ERR_STREAM_WRITE_AFTER_END, ERR_STREAM_DESTROYED), which is "error" too unless the
--- stream was destroyed. [Node](https://nodejs.org/api/stream.html#writablewritechunk-encoding-callback)
---@param data string
---@param encoding? net.Encoding default: of setDefaultEncoding(), or "utf8"
---@param callback? fun(err: any) it is written, or never will be; may be the second argument
---@return boolean more false: wait for "drain" before writing more
---@overload fun(self: Writable, data: string, callback?: fun(err: any)): boolean
function Writable:write(data, encoding, callback) end

--- Node's `end`, which is a word of Lua: ends the stream when all is written, data included; "finish" follows.
--- Raises as write does. [Node](https://nodejs.org/api/stream.html#writableendchunk-encoding-callback)
---@param data? string
---@param encoding? net.Encoding
---@param callback? fun(err: any) all is written; may be the first or second argument
---@return self
---@overload fun(self: Writable, callback?: fun(err: any)): Writable
---@overload fun(self: Writable, data: string, callback?: fun(err: any)): Writable
function Writable:finish(data, encoding, callback) end

--- The same as finish.
Writable.end_ = Writable.finish

--- The same as finish: `stream["end"](stream)`.
Writable["end"] = Writable.finish

--- Hands what this callback has written to the kernel now. Not in Node.
---@return self
function Writable:flush() end

--- What write() takes text for where it is not told. Raises ERR_UNKNOWN_ENCODING.
--- [Node](https://nodejs.org/api/stream.html#writablesetdefaultencodingencoding)
---@param encoding net.Encoding
---@return self
function Writable:setDefaultEncoding(encoding) end

--- Holds writes back until uncork(). [Node](https://nodejs.org/api/stream.html#writablecork)
function Writable:cork() end

--- Lets them go; once for each cork(). [Node](https://nodejs.org/api/stream.html#writableuncork)
function Writable:uncork() end

--- Writes, and waits until the kernel has it all: back-pressure. Small data leave together when the task waits
--- next. Several tasks may send, in order. After the limit the data are still on their way.
---@param data string
---@param limit? number|async.Limit
---@return integer? bytes
---@return Error? err
function Writable:send(data, limit) end

--- Adds a listener. The events:
--- * `"open"` (fd), `"ready"` (): of files.
--- * `"drain"` (): write() may go on; `"prefinish"` (), `"finish"` (): all is written.
--- * `"pipe"` (source), `"unpipe"` (source): told to the destination.
--- * `"resize"` (): of a terminal, process.stdout.
--- * `"error"` (err): at most once, before "close". Without a listener it ends the program.
--- * `"close"` (): once, last.
---@param event string
---@param listener fun(...: any)
---@return self
---@overload fun(self: Writable, event: "pipe"|"unpipe", listener: fun(source: Readable)): Writable
---@overload fun(self: Writable, event: "error", listener: fun(err: Error)): Writable
function Writable:on(event, listener) end

-- -- written by scripts -----------------------------------------------------------------------------------------------

--- A Readable that a script writes.
---@class ScriptReadable: Readable
local ScriptReadable = {}

--- What is read next, or nil: nothing follows. After the end ERR_STREAM_PUSH_AFTER_EOF is "error". Raises
--- ERR_INVALID_ARG_TYPE. [Node](https://nodejs.org/api/stream.html#readablepushchunk-encoding)
---@param data string|nil
---@param encoding? net.Encoding of data
---@return boolean more false: that is enough until _read is called again
function ScriptReadable:push(data, encoding) end

--- Both. [Node](https://nodejs.org/api/stream.html#class-streamduplex)
---@class Duplex: ScriptReadable, Writable
---@field allowHalfOpen boolean the end of what is read does not end what is written
local Duplex = {}

--- What is written comes out changed. [Node](https://nodejs.org/api/stream.html#class-streamtransform)
---@class Transform: Duplex
local Transform = {}

return stream
