-- redis.lua - a small Redis: PING, GET, SET and INCR, pipelined, over its protocol or typed as plain lines.
-- Usage: redis.lua [port [host]]; then redis-cli -p 6380, or nc 127.0.0.1 6380 and: set x 1
local net = require "net"
local port, host = arg[1] or 6380, arg[2] or "127.0.0.1"
local byte, find, sub, to_integer = string.byte, string.find, string.sub, math.tointeger
local STAR, DOLLAR, LONGEST = byte "*", byte "$", 1024 * 1024

local values = {}

local function bulk(text) return text and ("$%d\r\n%s\r\n"):format(#text, text) or "$-1\r\n" end

local commands = { -- name = { fewest arguments, most, what it does: arguments -> reply }
  PING = { 0, 1, function(text) return text and bulk(text) or "+PONG\r\n" end },
  GET = { 1, 1, function(key) return bulk(values[key]) end },
  SET = { 2, 2, function(key, value)
    values[key] = value
    return "+OK\r\n"
  end },
  INCR = { 1, 1, function(key)
    local value = to_integer(tonumber((values[key] or "0"):match "^-?%d+$"))
    if not value or value == math.maxinteger then return "-ERR value is not an integer or out of range\r\n" end
    values[key] = tostring(value + 1)
    return ":" .. values[key] .. "\r\n"
  end },
  CONFIG = { 2, 2, function(_, name) return "*2\r\n" .. bulk(name) .. bulk "" end }, -- redis-benchmark asks
}

local function answer(words)
  local name, n = words[1], #words - 1
  local command = commands[name] or commands[name:upper()]
  if not command then return ("-ERR unknown command '%s'\r\n"):format(name:match "^%g*") end
  if n >= command[1] and n <= command[2] then return command[3](words[2], words[3]) end
  return ("-ERR wrong number of arguments for '%s' command\r\n"):format(name:lower())
end

-- The command that begins at `at`: its words and its last byte. nil while it is incomplete, false if it is none.
local function parse(text, at)
  local words, stop = {}, find(text, "\n", at, true)
  if not stop then return nil end
  if byte(text, at) ~= STAR then
    for word in sub(text, at, stop):gmatch "%S+" do words[#words + 1] = word end
    return words, stop
  end
  local count = to_integer(tonumber(sub(text, at + 1, stop)))
  if not count or count > LONGEST then return false end
  for i = 1, count do
    at = stop + 1
    stop = find(text, "\n", at, true)
    if not stop then return nil end
    local size = byte(text, at) == DOLLAR and to_integer(tonumber(sub(text, at + 1, stop)))
    if not size or size < 0 or size > LONGEST then return false end
    words[i] = sub(text, stop + 1, stop + size)
    stop = stop + size + 2
    if stop > #text then return nil end
  end
  return words, stop
end

local server = net.createServer({ noDelay = true }, function(socket)
  local rest = ""
  socket:on("data", function(chunk)
    local text, at = rest .. chunk, 1
    local words, stop = parse(text, at)
    while words do
      if words[1] then socket:write(answer(words)) end -- what is written here leaves together
      at = stop + 1
      words, stop = parse(text, at)
    end
    rest = sub(text, at)
    if words == nil and #rest <= 2 * LONGEST then return end
    socket:removeAllListeners("data"):finish("-ERR Protocol error\r\n")
  end)
  socket:on("error", function() end) -- a client that breaks off is no concern of the others
end)

server:listen(port, host, function()
  local address = server:address()
  print(("Ready: redis-cli -h %s -p %d"):format(address.address, address.port))
end)
