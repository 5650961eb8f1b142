-- lines.lua - the row lines: socket:lines() over a stream of lines, beside io.lines() over a file with the same bytes; one
-- after the other in each round: lines.lua ROUNDS FILE [MEGABYTES]. FILE is made, and removed in the end.
local net = require "net"

local rounds, path, megabytes = tonumber(arg[1]), arg[2], tonumber(arg[3] or 100)
local line_size = 64
local count = megabytes * 1000000 // line_size

local function make_file()
  local file = assert(io.open(path, "wb"))
  local lines = {}
  for i = 1, count do
    lines[#lines + 1] = ("%0" .. line_size - 1 .. "d\n"):format(i)
    if #lines == 10000 or i == count then
      file:write(table.concat(lines))
      lines = {}
    end
  end
  file:close()
end

-- The time that f takes, of the clock and of the processor, in seconds.
local function time(f, socket)
  collectgarbage()
  local cpu, clock = os.clock(), process.hrtime()
  local lines = f(socket)
  local took = process.hrtime(clock)
  if lines ~= count then error(("%d lines, not %d"):format(lines, count)) end
  return took[1] + took[2] / 1e9, os.clock() - cpu
end

local function from_file()
  local n = 0
  for line in io.lines(path) do
    if #line ~= line_size - 1 then error "a line is not whole" end
    n = n + 1
  end
  return n
end

-- Another process sends, on the other core. It has begun when the clock does.
local function start_sender(server)
  local sender = io.popen(("taskset -c 1 '%s' -e 'require(\"fs\").createReadStream(\"%s\", { highWaterMark = 1048576 })"
    .. ":pipe(require(\"net\").connect(%d, \"127.0.0.1\"))'"):format(process.argv[0], path, server:address().port))
  return assert(server:accept(10000)), sender
end

local function from_socket(socket)
  local n = 0
  for line in socket:lines() do
    if #line ~= line_size - 1 then error "a line is not whole" end
    n = n + 1
  end
  return n
end

local function median(list)
  table.sort(list)
  return list[#list // 2 + 1]
end

make_file()
local server <close> = net.createServer():listen(0, "127.0.0.1")
server:wait "listening"
from_file()
local file, socket, ratios, cpu_ratios = {}, {}, {}, {}
for i = 1, rounds do
  local file_cpu, socket_cpu
  file[i], file_cpu = time(from_file)
  local stream, sender = start_sender(server)
  socket[i], socket_cpu = time(from_socket, stream)
  stream:finish()
  stream:closed(10000) -- else the sender would wait for us, and we for it
  sender:close()
  ratios[i], cpu_ratios[i] = file[i] / socket[i], file_cpu / socket_cpu
end
os.remove(path)
print(("file=%.3f socket=%.3f ratio=%.3f cpu=%.3f"):format(count / median(file) / 1e6, count / median(socket) / 1e6,
  median(ratios), median(cpu_ratios)))
