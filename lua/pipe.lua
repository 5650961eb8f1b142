-- pipe.lua - pipe() and unpipe(): who ends whom, 'pipe' and 'unpipe', errors. Bytes between two of our streams go
-- through bindings/stream_pipe.c and never enter Lua; any other destination gets them by its write().
-- https://nodejs.org/api/stream.html#readablepipedestination-options
local core = require "moonport.core"

local pipe = {}

-- source -> list of its pipes: { destination =, stop = }
local pipes_of = setmetatable({}, { __mode = "k" })

-- Moves data by events, for destinations that are not ours. Returns how to stop, and how to wait for 'drain'.
local function feed_by_events(source, destination)
  local draining = false
  local function on_drain()
    if not draining then return end
    draining = false
    destination:off("drain", on_drain)
    source:resume()
  end
  local function wait()
    if not draining then
      draining = true
      destination:on("drain", on_drain)
    end
    source:pause()
  end
  local function on_data(chunk)
    if destination:write(chunk) == false then wait() end
  end
  source:on("data", on_data)
  return function()
    source:off("data", on_data)
    if draining then on_drain() end
  end, wait
end

local function feed_in_c(source, destination)
  core.pipe_add(source, destination)
  return function() core.pipe_remove(source, destination) end, function() core.pipe_wait(source, destination) end
end

--- Sends everything that the source reads to the destination, no faster than that takes it.
--- @param options { end: boolean }? end = false: the destination is not ended with the source
--- @return any destination
function pipe.pipe(source, destination, options)
  local pipes = pipes_of[source]
  if not pipes then
    pipes = {}
    pipes_of[source] = pipes
  end
  local ends = true
  if options and (options["end"] == false or options.end_ == false) then ends = false end
  local facts = core.stream_facts(destination)
  if facts and facts.lasting then ends = false end -- process.stdout

  local on_end, on_close, on_finish, on_error, on_unpipe
  local feed = core.is_stream(destination) and feed_in_c or feed_by_events
  local stop, wait = feed(source, destination)

  local function cleanup()
    destination:off("close", on_close)
    destination:off("finish", on_finish)
    destination:off("error", on_error)
    destination:off("unpipe", on_unpipe)
    source:off("end", on_end)
    stop()
  end
  local function unpipe() source:unpipe(destination) end

  function on_unpipe(readable, info)
    if readable == source and info and not info.hasUnpiped then
      info.hasUnpiped = true
      cleanup()
    end
  end
  function on_end()
    if ends then destination["end"](destination) else unpipe() end
  end
  function on_close()
    destination:off("finish", on_finish)
    unpipe()
  end
  function on_finish()
    destination:off("close", on_close)
    unpipe()
  end
  function on_error(err)
    unpipe()
    destination:off("error", on_error)
    if destination:listenerCount("error") == 0 then destination:emit("error", err) end
  end

  pipes[#pipes + 1] = { destination = destination }
  if source.readableEnded then core.process.next_tick(on_end) else source:once("end", on_end) end
  destination:on("unpipe", on_unpipe)
  destination:prependListener("error", on_error)
  destination:once("close", on_close)
  destination:once("finish", on_finish)
  destination:emit("pipe", source)

  if destination.writableNeedDrain == true then wait()
  elseif source.readableFlowing ~= true then source:resume() end
  return destination
end

--- Takes a destination off, or all of them. The source is paused when none is left.
--- @param destination any?
function pipe.unpipe(source, destination)
  local pipes = pipes_of[source] or {}
  if #pipes == 0 then return source end
  if destination == nil then
    pipes_of[source] = nil
    source:pause()
    for _, entry in ipairs(pipes) do entry.destination:emit("unpipe", source, { hasUnpiped = false }) end
    return source
  end
  for i, entry in ipairs(pipes) do
    if entry.destination == destination then
      table.remove(pipes, i)
      if #pipes == 0 then source:pause() end
      destination:emit("unpipe", source, { hasUnpiped = false })
      break
    end
  end
  return source
end

--- Gives pipe() and unpipe() to a class of readable streams.
--- @param methods table @param class string its name
function pipe.install(methods, class)
  function methods:pipe(destination, options)
    core.receiver(self, class, "pipe")
    if type(destination) ~= "table" and type(destination) ~= "userdata" then
      core.errors.raise_type("destination", "of type table or userdata", destination)
    end
    return pipe.pipe(self, destination, options)
  end

  function methods:unpipe(destination)
    core.receiver(self, class, "unpipe")
    return pipe.unpipe(self, destination)
  end
end

return pipe
