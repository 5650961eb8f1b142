-- hosts.lua - three hosts, which are network namespaces, and an agent on each that listens and speaks UDP: for specs of
-- what arrives over a network. They are gone with the process that made them. Holds no checks of its own.
local assert = require "luassert"
local helper = require "spec.helper"
local processes = require "spec.processes"

local hosts = {}

-- Three hosts. a and b share two networks, 0 and 1; b is the router between network 0 and network 2, where c is.
local world_script = [[
  set -e
  new_host() {
    unshare -n sleep 300 </dev/null >/dev/null 2>&1 &
    host=$! hosts="$hosts $!"
    while [ "$(readlink /proc/$host/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
  }
  within() { host=$1; shift; nsenter -t $host -n "$@"; }
  address() { # address host interface ip/prefix...
    host=$1 interface=$2; shift 2
    within $host ip link set $interface addrgenmode none up
    for ip; do
      case $ip in *:*) within $host ip addr add $ip dev $interface nodad ;;
      *) within $host ip addr add $ip brd + dev $interface ;; esac
    done
  }
  a=$$ hosts=""
  trap 'kill $hosts' EXIT
  new_host; b=$host
  new_host; c=$host
  ip link add a0 type veth peer name b0 netns $b
  ip link add a1 type veth peer name b1 netns $b
  within $b ip link add b2 type veth peer name c0 netns $c
  for host in $a $b $c; do within $host ip link set lo up; done
  address $a a0 10.77.0.1/24 10.77.0.3/24 fd77::1/64 fd77::3/64 fe80::a/64
  address $a a1 10.77.1.1/24 fe80::1a/64
  address $b b0 10.77.0.2/24 fd77::2/64 fe80::b/64
  address $b b1 10.77.1.2/24 fe80::1b/64
  address $b b2 10.77.2.1/24 fd77:2::1/64 fe80::2b/64
  address $c c0 10.77.2.2/24 fd77:2::2/64 fe80::c/64
  ip route add default via 10.77.0.2
  ip -6 route add default via fd77::2
  within $c ip route add default via 10.77.2.1
  within $c ip -6 route add default via fd77:2::1
  within $b sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
  echo ready $a $b $c
  read _ || :
]]

local world = {} -- { a =, b =, c = pids that hold the hosts, input = its life, missing = why there is none }

local function make_world()
  local out = helper.path()
  local script = helper.write_file(helper.path ".sh", world_script)
  world.input = io.popen(("unshare -rn sh %s >%s 2>&1 || echo failed >>%s"):format(script, out, out), "w")
  local text
  processes.poll(function()
    text = helper.read_file(out) or ""
    world.a, world.b, world.c = text:match "ready (%d+) (%d+) (%d+)\n"
    return world.a or text:find "failed\n$"
  end)
  if not world.a then world.missing = "no network namespaces here: " .. text:match "^[^\n]*" end
end

--- Starts a command on a host, "a", "b" or "c".
function hosts.start(host, command, limit)
  return processes.start(("nsenter -t %s -U --preserve-credentials -n %s"):format(world[host], command), limit)
end

-- -- who hears and who speaks --------------------------------------------------------------------------------------

-- On each host a process runs the Lua that it is sent, with these verbs. What a part says begins with its number.
local agent = [[
local dgram, net = require "dgram", require "net"

-- Shows what it hears and answers it, so that the other side knows that it came; "end" ends it.
function listen(part, kind, port, address, setup)
  local socket = dgram.createSocket { type = kind, reuseAddr = true }
  socket:on("message", function(message, info)
    print(part, message .. " from " .. info.address)
    socket:send(message, info.port, info.address, function(err)
      if err then print(part, err.message) end
      if message == "end" then socket:close() end
    end)
  end)
  socket:on("close", function() print(part, "closed") end)
  socket:bind(port, address, function()
    setup(socket)
    print(part, "ready at " .. socket:address().address)
  end)
end

-- One step after the other: call() a method of the socket, show() the address that one tells; say() something, whoever
-- hears it; ask(), which goes on when somebody has heard it.
function speak(part, kind, port, address, describe)
  local socket = dgram.createSocket(kind)
  local steps, at, wanted = {}, 0, nil
  local function go()
    at = at + 1
    if steps[at] then steps[at]() else socket:close() end
  end
  local function add(step) steps[#steps + 1] = step end
  local function send(message, to, done)
    local function sent(err)
      if err then print(part, message .. ": " .. err.message) end
      done()
    end
    if to then socket:send(message, port, to, sent) else socket:send(message, sent) end
  end
  local function call(name, ...)
    local arguments = table.pack(...)
    add(function()
      socket[name](socket, table.unpack(arguments))
      go()
    end)
  end
  local function show(name)
    add(function()
      print(part, socket[name](socket).address)
      go()
    end)
  end
  local function say(message, to) add(function() send(message, to, go) end) end
  local function ask(message, to)
    add(function()
      wanted = message
      send(message, to, function() end)
    end)
  end
  socket:on("message", function(message)
    if message ~= wanted then return end
    wanted = nil
    go()
  end)
  socket:on("close", function() print(part, "closed") end)
  describe(call, show, say, ask)
  socket:bind(0, address, go)
end

local rest = ""
net.Socket { fd = 0, readable = true, writable = false }:on("data", function(chunk)
  rest = (rest .. chunk):gsub("(%Z*)\0", function(source)
    assert(load(source))()
    return ""
  end)
end):on("end", function() process.exit() end)
]]

local agents, parts = {}, 0

--- The port of listen() and speak(): on hosts of our own all are free.
hosts.port = 7700

local Part = {}
Part.__index = Part

-- A part for a host's agent: `verb`(number, kind, port, address, function(names) body end).
local function start_part(verb, host, kind, names, body, address)
  parts = parts + 1
  agents[host]:send(("%s(%d, %q, %d, %s, function(%s) %s end)\0"):format(verb, parts, kind, hosts.port,
    address and ("%q"):format(address) or "nil", names, body or ""))
  return setmetatable({ number = parts, process = agents[host] }, Part)
end

-- What it has said, a line each.
function Part:said()
  local lines = {}
  for line in self.process:output():gmatch("%f[^\0\n]" .. self.number .. "\t([^\n]*)\n") do lines[#lines + 1] = line .. "\n" end
  return table.concat(lines)
end

--- Waits until what it said has this pattern; returns the first capture.
function Part:expect(pattern)
  local found = processes.poll(function() return self:said():match(pattern) end)
  assert.truthy(found, ("'%s' was not said, but:\n%s"):format(pattern, self.process:output()))
  return found
end

--- Waits until it is closed; fails unless it said this before.
function Part:ends(text)
  self:expect "closed\n$"
  assert.equal(text .. "closed\n", self:said())
end

--- Something that listens on a host; `setup` is Lua about `socket`. Its field `address` is where it is bound.
function hosts.listen(host, kind, setup, address)
  local part = start_part("listen", host, kind, "socket", setup, address)
  part.address = part:expect "ready at (%S+)\n"
  return part
end

--- Fails unless a listener heard this, an "end" at last.
function hosts.heard(part, text) part:ends("ready at " .. part.address .. "\n" .. text) end

--- Speaks from a host, in steps: Lua that calls the verbs above. Returns what it showed, errors included.
function hosts.speak(host, kind, steps, address)
  local part = start_part("speak", host, kind, "call, show, say, ask", steps, address)
  part:expect "closed\n$"
  return (part:said():gsub("closed\n$", ""))
end

--- Makes the hosts: for setup. Where that cannot be, hosts.missing says why.
function hosts.make()
  make_world()
  hosts.missing = world.missing
  if world.missing then return end
  local script = helper.write_file(helper.path ".lua", agent)
  for _, host in ipairs { "a", "b", "c" } do
    agents[host] = hosts.start(host, ("'%s' %s"):format(helper.moonport, script), 110)
  end
end

--- Ends what runs on them, and them: for teardown.
function hosts.unmake()
  processes.kill_all()
  if world.input then world.input:close() end
end

return hosts
