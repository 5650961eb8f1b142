-- flood.lua - datagrams from two processes, faster than one can take them: none is lost unseen (what was counted and what
-- the kernel dropped is what was sent), each sender's arrive in order, timers go on, and memory stays where it was.
--   moonport spec/proof/flood.lua [udp4|udp6 [datagrams of each sender = 1000000]]
local dgram, net = require "dgram", require "net"
local helper = require "spec.helper"
local BURST, TICK = 64, 10 -- datagrams that leave together; ms
local LONGEST_GAP = 0.1 -- s of our own work between two ticks of a timer: what other processes do is no delay of ours
local WARM = 500 -- datagrams after which memory is to stay where it is
local GROWTH, HEAP = 2 * 1024 * 1024, 16 * 1024 -- bytes that the process may grow by; KB that Lua may use
if helper.sanitized then LONGEST_GAP, GROWTH = 1, math.huge end

-- -- a sender: it waits for the kernel to take a burst, then sends the next; the number that went out goes to `control`

local function send(id, kind, host, port, control, total)
  local socket, at, sent = dgram.createSocket(kind), 0, 0
  local padding = ("x"):rep(1400)

  local function burst()
    local left = BURST
    for _ = 1, BURST do
      at = at + 1
      local size = at * 7919 % 1400
      socket:send({ (">I4I4"):pack(id, at), padding:sub(1, size) }, port, host, function(err)
        if not err then sent = sent + 1 end
        left = left - 1
        if left > 0 then return end
        if at < total then return burst() end
        socket:close()
        net.connect(control, "127.0.0.1"):finish(("%d\n"):format(sent))
      end)
    end
  end
  burst()
end

-- -- the receiver ------------------------------------------------------------------------------------------------------

-- Datagrams that never came as far as a socket: the queue of a processor was full.
local function backlog_drops()
  local sum = 0
  for line in io.lines "/proc/net/softnet_stat" do sum = sum + tonumber(line:match "^%x+ (%x+)", 16) end
  return sum
end

local failed = false

local function check(ok, text, ...)
  if ok then return end
  failed = true
  print("FAIL " .. text:format(...))
end

local function receive(kind, total)
  local socket = dgram.createSocket(kind)
  local host = kind == "udp6" and "::1" or "127.0.0.1"
  local port = socket:bindSync({ address = host }).port
  local counted, last, reports, sent = 0, {}, 0, 0
  local gaps, before, rss, heap = {}, os.clock(), nil, 0
  local lost_before = backlog_drops()
  local senders = {}

  socket:on("message", function(message, info)
    local id, number = (">I4I4"):unpack(message)
    check(number > (last[id] or 0), "sender %d: %d after %d", id, number, last[id])
    check(info.size == 8 + number * 7919 % 1400, "%d bytes in datagram %d", info.size, number)
    last[id], counted = number, counted + 1
  end)

  local timer

  local function finish(dropped)
    clearInterval(timer)
    socket:close()
    for _, sender in ipairs(senders) do check(sender:close(), "a sender failed") end
    local unseen, lost = sent - counted - dropped, backlog_drops() - lost_before
    check(unseen >= 0 and unseen <= lost, "%d are missing", unseen)
    check(sent == 2 * total, "only %d were sent", sent)
    table.sort(gaps)
    local worst = gaps[math.ceil(#gaps * 0.99)]
    check(worst <= LONGEST_GAP, "%.3f s of work between two ticks", worst)
    check(rss, "only %d were received", counted)
    collectgarbage()
    local grown = process.memoryUsage().rss - (rss or 0)
    check(grown <= GROWTH, "grown by %d bytes", grown)
    check(heap <= HEAP, "%d KB in use", heap)
    print(("%d sent = %d counted + %d dropped + %d lost on the way"):format(sent, counted, dropped, unseen))
    print(("%d ticks, 99 %% with at most %.3f s of work between them; grown by %d KB"):format(#gaps, worst, grown // 1024))
    if not failed then print "nothing lost unseen" end
    process.exit(failed and 1 or 0)
  end

  timer = setInterval(function()
    local now = os.clock()
    gaps[#gaps + 1], before = now - before, now
    heap = math.max(heap, collectgarbage "count")
    if counted > WARM and not rss then rss = process.memoryUsage().rss end
    if reports < 2 then return end
    local waiting, dropped = helper.udp_queue(kind, port)
    if waiting == 0 then finish(dropped) end
  end, TICK)

  local control
  control = net.createServer(function(report)
    report:setEncoding "utf8":on("data", function(text) sent = sent + math.tointeger(text) end)
    report:on("close", function() -- not before: a sender lives until this end is closed, and finish() waits for it
      reports = reports + 1
      if reports == 2 then control:close() end
    end)
  end)
  control:listen(0, "127.0.0.1", function()
    local command = "exec '%s' '%s' send %d %s %s %d %d %d"
    for id = 1, 2 do
      senders[id] = assert(io.popen(command:format(arg[-1], arg[0], id, kind, host, port, control:address().port, total), "w"))
    end
  end)
end

if arg[1] == "send" then
  local id, kind, host, port, control, total = table.unpack(arg, 2)
  send(math.tointeger(id), kind, host, port, control, math.tointeger(total))
else
  receive(arg[1] or "udp4", math.tointeger(arg[2] or 1000000) // BURST * BURST)
end
