-- fs.lua - the module fs: https://nodejs.org/api/fs.html. Here the shapes of arguments become the lists that
-- bindings/fs.c takes, each once for both forms: with a callback, which comes last, and ...Sync. Values are checked there.
local core = require "moonport.core"
local abort = require "moonport.abort"
local or_wait = require "moonport.callback".or_wait
local errors, tick = core.errors, core.process.next_tick
local opening = require "moonport.fs_flags"
local native, to_flags, to_mode = opening.native, opening.to_flags, opening.to_mode
local constants = native.constants

local fs = { constants = constants, Stats = native.Stats, Dirent = native.Dirent }
for _, name in ipairs { "F_OK", "R_OK", "W_OK", "X_OK" } do fs[name] = constants[name] end
for name, value in pairs(require "moonport.fs_streams") do fs[name] = value end

-- -- options ------------------------------------------------------------------------------------------------------

local function to_length(length)
  if length == nil then return 0 end
  return type(length) == "number" and length < 0 and 0 or length
end

-- Options that may be the name of an encoding
local function to_options(options)
  if options == nil then return {} end
  if type(options) == "string" then return { encoding = options } end
  if type(options) ~= "table" then errors.raise_type("options", "one of type string or table", options) end
  if options.signal ~= nil then abort.check(options.signal, "options.signal") end
  return options
end

local function to_table(options)
  if options ~= nil and type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  return options or {}
end

-- -- the shapes: what a script gives -> what C takes --------------------------------------------------------------

local shapes = {}

function shapes.access(path, mode) return path, mode == nil and constants.F_OK or mode end
function shapes.chmod(path, mode) return path, to_mode(mode) end
function shapes.chown(path, uid, gid) return path, uid, gid end
function shapes.close(fd) return fd end
function shapes.copyFile(from, to, mode) return from, to, mode == nil and 0 or mode end
function shapes.fstat(fd) return fd end
function shapes.ftruncate(fd, length) return fd, to_length(length) end
function shapes.link(from, to) return from, to end
function shapes.open(path, flags, mode) return path, to_flags(flags, "r"), to_mode(mode, 438) end -- 438: 0666
function shapes.rmdir(path, options)
  to_table(options)
  return path
end
function shapes.stat(path) return path, false end
function shapes.symlink(target, path) return target, path end
function shapes.truncate(path, length) return path, to_length(length) end
function shapes.utimes(path, atime, mtime) return path, atime, mtime end
shapes.fchmod, shapes.fchown, shapes.futimes = shapes.chmod, shapes.chown, shapes.utimes
shapes.lchown, shapes.lutimes = shapes.chown, shapes.utimes
shapes.fdatasync, shapes.fsync, shapes.unlink = shapes.close, shapes.close, shapes.close
shapes.lstat, shapes.rename = shapes.stat, shapes.link

function shapes.mkdir(path, options)
  local recursive
  local mode = options
  if type(options) == "table" then recursive, mode = options.recursive, options.mode end
  if type(mode) == "boolean" then mode = nil end
  return path, to_mode(mode, 511), recursive -- 511: 0777
end

function shapes.mkdtemp(prefix, options)
  if type(prefix) == "string" then prefix = prefix .. "XXXXXX" end
  return to_options(options).encoding, prefix
end

function shapes.read(fd, length, position)
  if type(length) == "table" then length, position = length.length, length.position end
  return fd, length == nil and 16384 or length, position == nil and -1 or position
end

function shapes.readdir(path, options)
  options = to_options(options)
  return options.encoding, path, options.recursive, not not options.withFileTypes
end

function shapes.readFile(path, options)
  options = to_options(options)
  return options.encoding, to_flags(options.flag, "r"), path
end

function shapes.readlink(path, options) return to_options(options).encoding, path end
shapes.realpath = shapes.readlink

function shapes.rm(path, options)
  options = to_table(options)
  local delay, retries = options.retryDelay, options.maxRetries
  return path, options.recursive, options.force, delay == nil and 100 or delay, retries == nil and 0 or retries
end

function shapes.write(fd, data, position, encoding)
  if encoding == "hex" and type(data) == "string" and #data % 2 == 1 then
    errors.raise_value("encoding", "is invalid for data of length " .. #data, encoding)
  end
  return fd, encoding, data, type(position) == "number" and position or -1
end

function shapes.writeFile(file, data, options)
  options = to_options(options)
  return options.encoding, options.flush, data, file, to_flags(options.flag, "w"), to_mode(options.mode, 438)
end

function shapes.appendFile(file, data, options)
  options = to_options(options)
  return options.encoding, options.flush, data, file, to_flags(options.flag, "a"), to_mode(options.mode, 438)
end

-- -- the two forms ------------------------------------------------------------------------------------------------

local function callable(value)
  return type(value) == "function" or type(value) == "table" and errors.is_callable(value)
end

-- Arguments whose last one is a callback -> the callback, the arguments before it
local function split(a, b, c, d, e)
  if callable(e) then return e, a, b, c, d end
  if callable(d) then return d, a, b, c end
  if callable(c) then return c, a, b end
  if callable(b) then return b, a end
  local last = e
  if last == nil then last = d end
  if last == nil then last = c end
  if last == nil then last = b end
  errors.raise_type("cb", "of type function", last)
end

for name, shape in pairs(shapes) do
  local run = native[name]
  local function start(callback, ...) run(callback, shape(...)) end
  fs[name] = function(...) start(split(...)) end
  fs[name .. "Sync"] = function(...) return run(nil, shape(...)) end
end

-- -- what differs in one of the forms -----------------------------------------------------------------------------

local function check_callback(callback)
  if not callable(callback) then errors.raise_type("cb", "of type function", callback) end
end

-- Without a callback an error is nobody's: it is raised in the loop.
local function raise(err)
  if err then error(err, 0) end
end

--- fs.close(fd[, callback(err)])
function fs.close(fd, callback)
  if callback ~= nil then check_callback(callback) end
  native.close(callback or raise, fd)
end

local function is_path(path) return type(path) == "string" and not path:find("\0", 1, true) end

--- fs.exists(path, callback(exists)): the one callback without an error
function fs.exists(path, callback)
  check_callback(callback)
  local function answer(_, exists) callback(exists) end
  if is_path(path) then native.exists(answer, path) else tick(callback, false) end
end

--- fs.existsSync(path) -> boolean, whatever it is given
function fs.existsSync(path) return is_path(path) and native.exists(nil, path) end

-- statSync(path, { throwIfNoEntry = false }) -> nil for what is missing
for _, name in ipairs { "stat", "lstat" } do
  local run = native[name]
  fs[name .. "Sync"] = function(path, options)
    return run(nil, path, type(options) == "table" and options.throwIfNoEntry == false)
  end
end

--- fs.write(fd, data[, position[, encoding]], callback(err, written, data))
function fs.write(...)
  local callback, fd, data, position, encoding = split(...)
  native.write(function(err, written) return callback(err, written or 0, data) end,
    shapes.write(fd, data, position, encoding))
end

-- With options.signal the callback gets an AbortError when the signal was aborted meanwhile. A system call that has
-- begun is not stopped by it, as in Node.
local function abort_error(signal)
  local err = errors.make("AbortError", "ABORT_ERR", "The operation was aborted")
  err.cause = signal.reason
  return err
end

for _, name in ipairs { "readFile", "writeFile", "appendFile" } do
  local start = fs[name]
  fs[name] = function(...)
    local callback, file, second, third = split(...)
    local options = third
    if name == "readFile" then options = second end
    local signal = type(options) == "table" and to_options(options).signal
    if not signal then return start(...) end
    if signal.aborted then return tick(callback, abort_error(signal)) end
    local function finish(err, data)
      if signal.aborted then return callback(abort_error(signal)) end
      return callback(err, data)
    end
    if name == "readFile" then start(file, options, finish) else start(file, second, options, finish) end
  end
end

-- -- the waiting form: without a callback ---------------------------------------------------------------------------

for name in pairs(shapes) do
  if name ~= "close" then fs[name] = or_wait(fs[name]) end -- whose callback may be left out in Node
end

local exists = fs.exists
function fs.exists(path, callback)
  if callback ~= nil then return exists(path, callback) end
  return require "moonport.async".await(function(done) exists(path, function(there) done(nil, there) end) end)
end

return fs
