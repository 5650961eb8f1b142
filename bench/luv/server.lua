-- server.lua - the benchmark's servers for lua5.4 + luv, as its manual teaches: server.lua MODE PORT [UPSTREAM-PORT]
local uv = require "luv"

local mode, port, upstream_port = ...
local modes = {}

local function close(handle)
  if not handle:is_closing() then handle:close() end
end

function modes.echo(client)
  client:read_start(function(err, data)
    if err or not data then return close(client) end
    client:write(data)
  end)
end

-- Back-pressure: a chunk that meets a queue stops the reading until it is written.
local function pipe(from, to)
  local on_read
  local function resume(err)
    if not err and not from:is_closing() then from:read_start(on_read) end
  end
  function on_read(err, data)
    if err then
      close(from)
      if to ~= from then close(to) end
    elseif not data then
      to:shutdown(function() close(from) end)
    elseif to:get_write_queue_size() > 0 then
      from:read_stop()
      to:write(data, resume)
    else
      to:write(data)
    end
  end
  from:read_start(on_read)
end

function modes.pipe(client)
  pipe(client, client)
end

function modes.lines(client)
  local rest = ""
  client:read_start(function(err, data)
    if err or not data then return close(client) end
    data = rest .. data
    local from = 1
    local newline = data:find("\n", 1, true)
    while newline do
      client:write(data:sub(from, newline))
      from = newline + 1
      newline = data:find("\n", from, true)
    end
    rest = data:sub(from)
  end)
end

function modes.count(client)
  local bytes = 0
  client:read_start(function(err, data)
    if err then return close(client) end
    if data then
      bytes = bytes + #data
    else
      client:write(tostring(bytes), function() close(client) end)
    end
  end)
end

function modes.proxy(client)
  local upstream = uv.new_tcp()
  upstream:connect("127.0.0.1", tonumber(upstream_port), function(err)
    assert(not err, err)
    upstream:nodelay(true)
    pipe(client, upstream)
    pipe(upstream, client)
  end)
end

local server = uv.new_tcp()
server:bind("127.0.0.1", tonumber(port))
server:listen(511, function(err)
  assert(not err, err)
  local client = uv.new_tcp()
  server:accept(client)
  client:nodelay(true)
  modes[mode](client)
end)
print("port " .. server:getsockname().port)
io.stdout:flush()
uv.run()
