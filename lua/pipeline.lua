-- pipeline.lua - stream.pipeline: https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback
-- Streams one into the next by pipe(); when one fails all are destroyed, and the callback is told once.
local core = require "moonport.core"
local finished = require "moonport.finished"
local errors, tick = core.errors, core.process.next_tick

local function destroyed_error()
  return errors.make("Error", "ERR_STREAM_DESTROYED", "Cannot call pipe after a stream was destroyed")
end

-- Knows whether a stream needs to be destroyed when another one fails.
local function destroyer(stream, reading, writing)
  local done = false
  stream:on("close", function() done = true end)
  local cleanup = finished(stream, { readable = reading, writable = writing }, function(err) done = not err end)
  return function(err)
    if done then return end
    done = true
    stream:destroy(err or destroyed_error())
  end, cleanup
end

-- Pipes one stream into another; finish is called twice, or with an error.
local function join(source, destination, finish)
  local ended = false
  destination:on("close", function()
    if not ended then finish(errors.coded "ERR_STREAM_PREMATURE_CLOSE") end
  end)
  source:pipe(destination, { ["end"] = false })
  local function on_end()
    ended = true
    destination["end"](destination)
  end
  local facts = core.stream_facts(source)
  if facts and facts.read_finished then tick(on_end) else source:once("end", on_end) end
  finished(source, { readable = true, writable = false }, function(err)
    local now = core.stream_facts(source)
    if err and err.code == "ERR_STREAM_PREMATURE_CLOSE" and now and now.read_ended and not now.error_told then
      source:once("end", function() finish() end):once("error", finish) -- 'close' has come before 'end'
    else
      finish(err)
    end
  end)
  return finished(destination, { readable = false, writable = true }, finish)
end

local function is_stream(value)
  return (type(value) == "table" or type(value) == "userdata") and errors.is_callable(value.on or false)
end

local function can_read(stream)
  local facts = core.stream_facts(stream)
  return facts and facts.can_read or stream.readable == true
end

--- Pipes each stream into the next: stream.pipeline(a, b, ..., callback), or a list of them. callback(err) is called
--- once: when all have ended, or one has failed; then the others are destroyed.
--- @return any stream the last one
local function pipeline(...)
  local streams = table.pack(...)
  local callback = streams[streams.n]
  if not errors.is_callable(callback) or is_stream(callback) then
    errors.raise_type("streams[stream.length - 1]", "of type function", callback)
  end
  streams[streams.n] = nil
  streams.n = streams.n - 1
  if streams.n == 1 and type(streams[1]) == "table" and not is_stream(streams[1]) then
    streams = table.move(streams[1], 1, #streams[1], 1, { n = #streams[1] })
  end
  if streams.n < 2 then
    error(errors.make("TypeError", "ERR_MISSING_ARGS", 'The "streams" argument must be specified'), 0)
  end
  for i = 1, streams.n do
    if not is_stream(streams[i]) then errors.raise_type(("streams[%d]"):format(i - 1), "an instance of Stream", streams[i]) end
  end

  local failure
  local open = 2 * (streams.n - 1)
  local destroys, cleanups = {}, {}
  local function finish(err)
    open = open - 1
    if err and (not failure or failure.code == "ERR_STREAM_PREMATURE_CLOSE") then failure = err end
    local all = open == 0
    if not failure and not all then return end
    while destroys[1] do table.remove(destroys, 1)(failure) end
    if all then
      if not failure then
        for _, cleanup in ipairs(cleanups) do cleanup() end
      end
      tick(callback, failure)
    end
  end

  for i = 1, streams.n do
    local stream = streams[i]
    local destroy, cleanup = destroyer(stream, i < streams.n, i > 1)
    destroys[#destroys + 1] = destroy
    local last = i == streams.n and can_read(stream)
    if last then cleanups[#cleanups + 1] = cleanup end
    local function on_error(err) -- also what comes after all is done
      if type(err) == "table" and (err.name == "AbortError" or err.code == "ERR_STREAM_PREMATURE_CLOSE") then return end
      finish(err)
    end
    stream:on("error", on_error)
    if last then cleanups[#cleanups + 1] = function() stream:off("error", on_error) end end
    if i > 1 then
      local unlisten = join(streams[i - 1], stream, finish)
      if last then cleanups[#cleanups + 1] = unlisten end
    end
  end
  return streams[streams.n]
end

return pipeline
