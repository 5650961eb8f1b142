-- stream.lua - the module stream: https://nodejs.org/api/stream.html. Streams that scripts write: how their functions are
-- found and called, and what Transform is made of. The machine is bindings/'s, the same that moves sockets and files.
local core = require "moonport.core"
local abort = require "moonport.abort"
local pipe = require "moonport.pipe"
local waiting = require "moonport.waiting"
local errors = core.errors

local stream = {}

local names = { "Readable", "Writable", "Duplex", "Transform", "PassThrough" }

-- -- what the machine calls: see bindings/stream_script.c ----------------------------------------------------------

local written_of = setmetatable({}, { __mode = "k" }) -- stream -> the callback of its _write, the same each time

local function written(self)
  local callback = written_of[self]
  if not callback then
    callback = function(err) core.script_written(self, err) end
    written_of[self] = callback
  end
  return callback
end

local function not_implemented(name)
  return function()
    error(errors.make("Error", "ERR_METHOD_NOT_IMPLEMENTED", ("The %s() method is not implemented"):format(name)), 0)
  end
end

local driver = {}

function driver.read(self, size)
  local ok, err = pcall(self._read, self, size)
  if not ok then core.script_fail(self, err) end
end

function driver.write(self, chunk) self:_write(chunk, "buffer", written(self)) end

function driver.writev(self, chunks) self:_writev(chunks, written(self)) end

function driver.final(self)
  local ok, err = pcall(self._final, self, function(err) core.script_finished(self, err) end)
  if not ok then core.script_finished(self, err) end
end

function driver.destroy(self, err)
  local function closed(problem) core.script_closed(self, problem) end
  if not self._destroy then return closed(err) end
  local ok, raised = pcall(self._destroy, self, err, closed)
  if not ok then closed(raised) end
end

function driver.construct(self)
  local ok, err = pcall(self._construct, self, function(err) core.script_constructed(self, err) end)
  if not ok then core.script_constructed(self, err) end
end

core.script_driver(driver)

-- -- the classes -----------------------------------------------------------------------------------------------------

local functions = { -- options that become methods of the stream
  Readable = { "read", "destroy", "construct" },
  Writable = { "write", "writev", "final", "destroy", "construct" },
  Duplex = { "read", "write", "writev", "final", "destroy", "construct" },
  Transform = { "read", "write", "writev", "final", "destroy", "construct", "transform", "flush" },
}
functions.PassThrough = functions.Transform

local function make(name, options, class)
  if options ~= nil and type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  options = options or {}
  for _, key in ipairs { "objectMode", "readableObjectMode", "writableObjectMode" } do
    if options[key] then errors.raise_value("options." .. key, "is not supported", options[key]) end
  end
  if options.signal ~= nil then abort.check(options.signal, "signal") end
  local self = core.script_new(name, options)
  if class then core.script_extend(self, class) end
  for _, key in ipairs(functions[name]) do
    if errors.is_callable(options[key]) then self["_" .. key] = options[key] end
  end
  if options.encoding and self.setEncoding then self:setEncoding(options.encoding) end
  if options.defaultEncoding and self.setDefaultEncoding then self:setDefaultEncoding(options.defaultEncoding) end
  if options.signal then abort.destroys(options.signal, self) end
  if self._construct then core.script_construct(self) end
  return self
end

-- A class of the script's own: it inherits the methods, what it has comes before them, as in events.
local function extend(parent, name)
  local class
  class = setmetatable({ __name = name or parent.__name, super = parent.prototype, extend = extend, base = parent.base }, {
    __index = parent.base ~= parent and parent or nil,
    __call = function(_, ...)
      local self = make(parent.base.__name, type((...)) == "table" and (...) or nil, class)
      local init = self.init
      if init then init(self, ...) end
      return self
    end,
  })
  class.prototype = class
  return class
end

for _, name in ipairs(names) do
  local methods = core.script_classes[name]
  local class = setmetatable({ __name = name, prototype = methods, extend = extend }, {
    __call = function(_, options) return make(name, options) end,
  })
  class.base = class
  function class.new(options) return make(name, options) end
  if name ~= "Writable" then
    methods.push = core.script_push
    methods._read = not_implemented "_read"
    pipe.install(methods, name)
  end
  if name ~= "Readable" then methods._write = not_implemented "_write" end
  waiting.add(methods)
  stream[name] = class
end

--- writable:pipe() is a mistake, as in Node.
function core.script_classes.Writable:pipe()
  core.script_fail(self, errors.make("Error", "ERR_STREAM_CANNOT_PIPE", "Cannot pipe, not readable"))
end

-- -- Transform -------------------------------------------------------------------------------------------------------

local held_back = setmetatable({}, { __mode = "k" }) -- Transform -> the callback that waits until somebody reads

local function transform_write(self, chunk, encoding, callback)
  local length = self.readableLength
  self:_transform(chunk, encoding, function(err, value)
    if err then return callback(err) end
    if value ~= nil then self:push(value) end
    if self.writableEnded or length == self.readableLength or self.readableLength < self.readableHighWaterMark then
      callback()
    else
      held_back[self] = callback
    end
  end)
end

local function transform_read(self)
  local callback = held_back[self]
  if callback then
    held_back[self] = nil
    callback()
  end
end

local function transform_final(self, callback)
  if not self._flush or self.destroyed then
    self:push(nil)
    return callback()
  end
  self:_flush(function(err, value)
    if err then return callback(err) end
    if value ~= nil then self:push(value) end
    self:push(nil)
    callback()
  end)
end

for _, name in ipairs { "Transform", "PassThrough" } do
  local methods = core.script_classes[name]
  methods._transform = not_implemented "_transform"
  methods._write, methods._read, methods._final = transform_write, transform_read, transform_final
end

function core.script_classes.PassThrough._transform(_, chunk, _, callback) callback(nil, chunk) end

-- -- the module ------------------------------------------------------------------------------------------------------

stream.Stream = stream.Readable
stream.finished = require "moonport.finished"
stream.pipeline = require "moonport.pipeline"

--- Destroys a stream with an AbortError when the signal aborts, or at once.
--- @param signal AbortSignal
--- @param target any a stream
--- @return any target
function stream.addAbortSignal(signal, target)
  abort.check(signal, "signal")
  if not core.is_stream(target) then errors.raise_type("stream", "an instance of Stream", target) end
  abort.destroys(signal, target)
  return target
end

--- The high-water mark of streams that are not told one, in bytes.
function stream.getDefaultHighWaterMark() return 65536 end

return stream
