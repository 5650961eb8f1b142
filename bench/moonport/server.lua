-- server.lua - the benchmark's servers as a moonport script: server.lua MODE PORT [UPSTREAM-PORT]
local net = require "net"

local mode, port, upstream_port = ...
local modes, options = {}, { noDelay = true }

function modes.echo(socket)
  socket:on("data", function(data) socket:write(data) end)
end

function modes.pipe(socket)
  socket:pipe(socket)
end

function modes.lines(socket)
  local rest = ""
  socket:on("data", function(data)
    data = rest .. data
    local from = 1
    local newline = data:find("\n", 1, true)
    while newline do
      socket:write(data:sub(from, newline))
      from = newline + 1
      newline = data:find("\n", from, true)
    end
    rest = data:sub(from)
  end)
end

function modes.count(socket)
  local bytes = 0
  socket:on("data", function(data) bytes = bytes + #data end)
  socket:on("end", function() socket:finish(tostring(bytes)) end)
end

function modes.proxy(socket)
  local upstream = net.connect({ port = tonumber(upstream_port), host = "127.0.0.1", noDelay = true })
  socket:pipe(upstream)
  upstream:pipe(socket)
  socket:on("error", function() upstream:destroy() end)
  upstream:on("error", function() socket:destroy() end)
end

local function waiting(socket)
  for chunk in socket:chunks() do socket:send(chunk) end
end

options.allowHalfOpen = mode == "count" -- it answers after the peer's end
local server
server = net.createServer(options, modes[mode])
if mode == "waiting" then server:serve(waiting) end
server:listen(tonumber(port), "127.0.0.1", function()
  print("port " .. server:address().port)
  io.stdout:flush()
end)
