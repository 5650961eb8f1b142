-- fs_streams.lua - the streams of the module fs: https://nodejs.org/api/fs.html#fscreatereadstreampath-options
-- Here the arguments become one options table; opening, reading and writing are bindings/file_stream.c's.
local core = require "moonport.core"
local abort = require "moonport.abort"
local finished = require "moonport.finished"
local flags = require "moonport.fs_flags"
local pipe = require "moonport.pipe"
local waiting = require "moonport.waiting"
local errors, tick = core.errors, core.process.next_tick
local ReadStream, WriteStream = core.ReadStream, core.WriteStream

-- options: a table, or the name of an encoding
local function normalize(options)
  if options == nil then return {} end
  if type(options) == "string" then options = { encoding = options } end
  if type(options) ~= "table" then errors.raise_type("options", "one of type string or table", options) end
  if type(options.encoding) == "string" and not core.buffer.find(options.encoding) then
    errors.raise_value("encoding", "is invalid encoding", options.encoding)
  end
  local copy = {}
  for key, value in pairs(options) do copy[key] = value end
  copy["end"] = copy["end"] or copy.end_
  return copy
end

local function check_range(options)
  local from, to = options.start, options["end"]
  if type(from) == "number" and type(to) == "number" and from >= 0 and to >= 0 and from > to then
    errors.raise_range("start", ('<= "end" (here: %s)'):format(to), from)
  end
end

local function new_stream(writes, path, options)
  options = normalize(options)
  options.mode = flags.to_mode(options.mode)
  options.flags = flags.to_flags(options.flags, writes and "w" or "r")
  if options.fd == nil and type(path) ~= "string" then errors.raise_type("path", "of type string", path) end
  if options.signal ~= nil then abort.check(options.signal, "options.signal") end
  if not writes then check_range(options) end
  local stream = core.file_stream(writes, path, options)
  if options.encoding and writes then stream:setDefaultEncoding(options.encoding)
  elseif options.encoding then stream:setEncoding(options.encoding) end
  if options.signal then abort.destroys(options.signal, stream) end
  return stream
end

--- fs.createReadStream(path[, options]) -> ReadStream, which opens the file and reads it when somebody listens.
local function create_read_stream(path, options) return new_stream(false, path, options) end

--- fs.createWriteStream(path[, options]) -> WriteStream, which makes or truncates the file, as options.flags says.
local function create_write_stream(path, options) return new_stream(true, path, options) end

pipe.install(ReadStream, "ReadStream")
waiting.add(ReadStream)
waiting.add(WriteStream)

--- readStream:close([callback]): destroys it; the callback comes when the file is closed.
function ReadStream:close(callback)
  core.receiver(self, "ReadStream", "close")
  if errors.is_callable(callback or false) then finished(self, callback) end
  self:destroy()
end

--- writeStream:close([callback]): ends it; the callback comes when all is written and the file is closed.
function WriteStream:close(callback)
  core.receiver(self, "WriteStream", "close")
  if errors.is_callable(callback or false) then
    if self.closed then
      tick(callback)
      return
    end
    self:on("close", callback)
  end
  if not self.autoClose then self:on("finish", function() self:destroy() end) end
  self:finish()
end

-- A file has no end that could be told without closing it.
WriteStream.destroySoon = WriteStream.finish

-- A class as scripts see it: callable, with `new`, and with the table of its methods as `prototype`.
local function class(make, methods)
  return setmetatable({ new = make, prototype = methods }, { __call = function(_, ...) return make(...) end })
end

return {
  createReadStream = create_read_stream,
  createWriteStream = create_write_stream,
  ReadStream = class(create_read_stream, ReadStream),
  WriteStream = class(create_write_stream, WriteStream),
}
