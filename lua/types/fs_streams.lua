---@meta

--- The streams of the module fs. [Node](https://nodejs.org/api/fs.html#class-fsreadstream)

---@class fs.ReadStreamOptions
---@field flags? string|integer how the file is opened ("r")
---@field mode? integer|string of a file that is made, a number or octal digits (438, which is "666")
---@field fd? integer a descriptor that is open already; the path is ignored
---@field start? integer the first byte that is read (where the descriptor stands, else 0)
---@field end? integer the last byte that is read, this one included
---@field end_? integer the same
---@field encoding? net.Encoding chunks are text
---@field highWaterMark? integer bytes of one read, and bytes that are read ahead (65536)
---@field autoClose? boolean close the file at its end and after an error (true)
---@field emitClose? boolean tell "close" (true)
---@field signal? AbortSignal destroys the stream with an AbortError

---@class fs.WriteStreamOptions
---@field flags? string|integer how the file is opened ("w"): "a" appends, "r+" keeps what is there, "wx" makes one
---@field mode? integer|string of a file that is made, a number or octal digits (438, which is "666")
---@field fd? integer a descriptor that is open already; the path is ignored
---@field start? integer where to write in the file; with flags "r+" the rest of it stays
---@field encoding? net.Encoding what write() takes text for ("utf8")
---@field highWaterMark? integer bytes from which on write() returns false (65536)
---@field autoClose? boolean close the file when all is written and after an error (true)
---@field emitClose? boolean tell "close" (true)
---@field flush? boolean fsync before the file is closed (false)
---@field maxBufferedBytes? integer more bytes than these waiting to be written are an error (0: any number may wait)
---@field signal? AbortSignal destroys the stream with an AbortError

---@class fs.ReadStreamClass
---@overload fun(path: string|nil, options?: fs.ReadStreamOptions|net.Encoding): ReadStream
---@field new fun(path: string|nil, options?: fs.ReadStreamOptions|net.Encoding): ReadStream the same as calling it
---@field prototype table the methods of all of them
local ReadStreamClass = {}

---@class fs.WriteStreamClass
---@overload fun(path: string|nil, options?: fs.WriteStreamOptions|net.Encoding): WriteStream
---@field new fun(path: string|nil, options?: fs.WriteStreamOptions|net.Encoding): WriteStream the same as calling it
---@field prototype table the methods of all of them
local WriteStreamClass = {}

--- A file that is read. It is opened at once, and read when somebody listens to "data", pipes it, or calls read().
---@class ReadStream: Readable
---@field path string|nil (read-only) nil where a descriptor was given
---@field fd integer|nil (read-only) its descriptor while it is open
---@field pending boolean (read-only) not open yet, or closed
---@field autoClose boolean close the file at its end and after an error
---@field bytesRead integer (read-only)
local ReadStream = {}

--- Destroys the stream; the callback comes when the file is closed, with ERR_STREAM_PREMATURE_CLOSE unless it was read
--- to its end. [Node](https://nodejs.org/api/fs.html#readstreamclosecallback)
---@param callback? fun(err: any)
function ReadStream:close(callback) end

--- A file that is written to. It is opened at once; what is written before waits.
---@class WriteStream: Writable
---@field path string|nil (read-only) nil where a descriptor was given
---@field fd integer|nil (read-only) its descriptor while it is open
---@field pending boolean (read-only) not open yet, or closed
---@field autoClose boolean close the file when all is written and after an error
---@field bytesWritten integer (read-only) without those that wait
local WriteStream = {}

--- Ends the stream; the callback comes when all is written and the file is closed.
--- [Node](https://nodejs.org/api/fs.html#writestreamclosecallback)
---@param callback? fun(err: any)
function WriteStream:close(callback) end

--- The same as finish.
WriteStream.destroySoon = WriteStream.finish
