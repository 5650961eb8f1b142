-- resolve.lua - asks a name server for the IPv4 addresses of a name, over UDP, which may lose the question or the
-- answer: asks again, and waits twice as long each time. Usage: resolve.lua name [port [server [ms]]]; for example
-- resolve.lua moon.test, with dns_server.lua
local async = require "async"
local dgram = require "dgram"
local name = assert(arg[1], "which name?")
local port, server, patience = arg[2] or 5300, arg[3] or "127.0.0.1", math.tointeger(arg[4] or 500)
local TRIES, A, IN, RD, QR, TC, CODE = 4, 1, 1, 0x0100, 0x8000, 0x0200, 0x000f

local function question(id)
  local labels = name:gsub("%.$", ""):gsub("([^.]+)%.?", function(label) return ("s1"):pack(label) end)
  return (">I2I2I2I2I2I2"):pack(id, RD, 1, 0, 0, 0) .. labels .. (">BI2I2"):pack(0, A, IN)
end

local function skip_name(message, at)
  while true do
    local size, next_at = ("B"):unpack(message, at)
    if size == 0 then return next_at end
    if size >= 0xc0 then return next_at + 1 end -- a pointer, which ends it
    at = next_at + size
  end
end

-- The addresses of an answer; raises when it is cut off.
local function parse(message)
  local _, flags, questions, answers = (">I2I2I2I2"):unpack(message)
  if flags & TC ~= 0 then return nil, "the answer is too long for UDP" end
  if flags & CODE ~= 0 then return nil, flags & CODE == 3 and "there is no such name" or "the server refuses" end
  local at, found = 13, {}
  for _ = 1, questions do at = skip_name(message, at) + 4 end
  for _ = 1, answers do
    local kind, class, _, data, next_at = (">I2I2I4s2"):unpack(message, skip_name(message, at))
    if kind == A and class == IN then found[#found + 1] = ("%d.%d.%d.%d"):format(("BBBB"):unpack(data)) end
    at = next_at
  end
  return found
end

-- Waits for the answer to our question: what else arrives is not for us, or forged.
local function answer_to(socket, id)
  while true do
    local message, err = socket:receive()
    if not message then return nil, err end
    if #message >= 12 then
      local answered, flags = (">I2I2"):unpack(message)
      if answered == id and flags & QR ~= 0 then return message end
    end
  end
end

local function resolve()
  local socket <close> = dgram.createSocket "udp4"
  socket:connect(port, server) -- from now on it hears this server only, and whether it is there
  local ok, err = socket:wait "connect"
  if not ok then return nil, err.message end
  for try = 0, TRIES - 1 do
    local id = math.random(0, 0xffff)
    socket:send(question(id))
    local message, failure = async.timeout(patience << try, answer_to, socket, id)
    if message then
      local whole, addresses, why = pcall(parse, message)
      if whole then return addresses, why end
      return nil, "the answer is cut off"
    end
    if failure.code ~= "ETIMEDOUT" then return nil, failure.message end
    console.error(("no answer in %d ms"):format(patience << try))
  end
  return nil, "nobody answers"
end

local addresses, why = resolve()
for _, address in ipairs(addresses or {}) do print(address) end
if not addresses then
  console.error(why)
  process.exitCode = 1
end
