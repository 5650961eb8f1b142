-- port_scan.lua - which ports of a host are open? Many are tried at once, but never more than a semaphore lets pass.
-- Usage: port_scan.lua [host [first [last [at once [ms]]]]]: ports 1 to 1024 of this host
local async = require "async"
local net = require "net"
local host, first, last = arg[1] or "127.0.0.1", math.tointeger(arg[2] or 1), math.tointeger(arg[3] or 1024)
local at_once, patience = math.tointeger(arg[4] or 100), tonumber(arg[5] or 2000)

local slots = async.semaphore(at_once)
local open, silent = {}, 0

local function try(port)
  local socket <close> = net.connect { host = host, port = port, connectTimeout = patience }
  local ok, err = socket:wait "connect"
  if ok then
    -- A connection from a port to itself is possible, where nobody listens: that is us.
    if socket.localPort ~= port or socket.localAddress ~= socket.remoteAddress then open[#open + 1] = port end
  elseif err.code ~= "ECONNREFUSED" then
    if err.code ~= "ETIMEDOUT" then error(err, 0) end -- no such host, no way to it: no use to go on
    silent = silent + 1
  end
end

local tasks = {}
for port = first, last do
  slots:acquire()
  tasks[#tasks + 1] = async.spawn(function()
    try(port)
    slots:release()
  end)
end
assert(async.all(tasks))

table.sort(open)
for _, port in ipairs(open) do print(port) end
print(("%d of %d ports are open, %d do not answer"):format(#open, last - first + 1, silent))
