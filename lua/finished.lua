-- finished.lua - stream.finished: https://nodejs.org/api/stream.html#streamfinishedstream-options-callback
-- Listens to a stream and calls back once: at its end, or with what went wrong. Changes nothing about it.
local core = require "moonport.core"
local abort = require "moonport.abort"
local errors, tick = core.errors, core.process.next_tick

-- What is known of a stream that is not ours: what it says of itself.
local function foreign_facts(stream)
  return {
    readable = stream.pipe ~= nil and stream.readable ~= nil,
    writable = stream.write ~= nil,
    can_read = stream.readable == true,
    can_write = stream.writable == true,
    read_finished = stream.readableEnded == true,
    write_finished = stream.writableFinished == true,
    tells_close = false,
    closed = stream.closed == true,
  }
end

local function facts_of(stream) return core.stream_facts(stream) or foreign_facts(stream) end

local function premature() return errors.coded "ERR_STREAM_PREMATURE_CLOSE" end

--- Calls back when the stream has ended, failed or closed; callback(err) gets nil when all went well.
--- @param options { readable: boolean?, writable: boolean?, error: boolean?, signal: AbortSignal? }?
--- @param callback fun(err: any)
--- @return fun() removes the listeners: nobody is called any more
local function finished(stream, options, callback)
  if callback == nil then options, callback = nil, options end
  options = options == nil and {} or options
  if type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  if not errors.is_callable(callback) then errors.raise_type("callback", "of type function", callback) end
  if options.signal ~= nil then abort.check(options.signal, "options.signal") end
  if type(stream) ~= "userdata" and type(stream) ~= "table" or not stream.on then
    errors.raise_type("stream", "an instance of Stream", stream)
  end

  local facts = facts_of(stream)
  local readable, writable = options.readable, options.writable
  if readable == nil then readable = facts.readable end
  if writable == nil then writable = facts.writable end
  local tells_close = facts.tells_close and readable == facts.readable and writable == facts.writable
  local read_done, write_done = facts.read_finished, facts.write_finished
  local on_end, on_finish, on_error, on_close, on_abort
  local done = false

  local function cleanup()
    done = true
    stream:off("end", on_end)
    stream:off("finish", on_finish)
    if on_error then stream:off("error", on_error) end
    stream:off("close", on_close)
    if options.signal then options.signal:off("abort", on_abort) end
  end
  -- The listeners stay, as in Node: an 'error' that comes later has somebody who knows of it.
  local function finish(err)
    if done then return end
    done = true
    if options.signal then options.signal:off("abort", on_abort) end
    callback(err)
  end

  function on_finish()
    write_done = true
    if stream.destroyed then tells_close = false end
    if tells_close and (not facts_of(stream).can_read or readable) then return end
    if not readable or read_done then finish() end
  end
  function on_end()
    read_done = true
    if stream.destroyed then tells_close = false end
    if tells_close and (not facts_of(stream).can_write or writable) then return end
    if not writable or write_done then finish() end
  end
  if options.error ~= false then on_error = finish end
  function on_close()
    local now = facts_of(stream)
    if stream.errored ~= nil and stream.errored ~= false then return finish(stream.errored) end
    if readable and not read_done and not now.read_finished then return finish(premature()) end
    if writable and not write_done and not now.write_finished then return finish(premature()) end
    finish()
  end
  local function on_closed() finish(stream.errored or nil) end
  function on_abort()
    if done then return end
    cleanup()
    callback(errors.make("AbortError", "ABORT_ERR", "The operation was aborted"))
  end

  stream:on("end", on_end)
  stream:on("finish", on_finish)
  if on_error then stream:on("error", on_error) end
  stream:on("close", on_close)

  if facts.closed then
    tick(on_close)
  elseif facts.error_told then
    if not tells_close then tick(on_closed) end
  elseif not readable and (not tells_close or facts.can_read) and (write_done or not facts.can_write)
    and not facts.writing then
    tick(on_closed)
  elseif not writable and (not tells_close or facts.can_write) and (read_done or not facts.can_read) then
    tick(on_closed)
  end
  if options.signal then
    if options.signal.aborted then tick(on_abort) else options.signal:once("abort", on_abort) end
  end
  return cleanup
end

return finished
