-- redis.lua - a client of Redis that tasks may share: what they ask leaves together, the answers come in that order.
-- Usage: redis.lua is a module: local redis <close> = require "redis" { port = 6379 }; redis_tour.lua shows it.
local async = require "async"
local net = require "net"

local function encode(...)
  local words = { ... }
  for i, word in ipairs(words) do words[i] = ("$%d\r\n%s\r\n"):format(#tostring(word), word) end
  return ("*%d\r\n%s"):format(#words, table.concat(words))
end

local function take(socket, what, limit)
  local data, err = socket:receive(what, limit)
  if not data then error(err or "Redis has closed the connection", 0) end
  return data
end

-- A reply: text, a number, a list, false for Redis' nil | nil, what Redis complains of. Raises when the connection fails.
local function read_reply(socket, limit)
  local line = take(socket, "l", limit)
  local kind, rest = line:match "^([-+:$*])(.*)$"
  if kind == "+" then return rest end
  if kind == "-" then return nil, rest end
  local number = math.tointeger(tonumber(rest))
  if not kind or not number then error("this is not Redis: " .. line, 0) end
  if kind == ":" then return number end
  if number < 0 then return false end
  if kind == "$" then return take(socket, number + 2, limit):sub(1, -3) end
  local list = {}
  for i = 1, number do
    local item, complaint = read_reply(socket, limit)
    if item == nil then item = Error(complaint) end
    list[i] = item
  end
  return list
end

local Redis = {}
Redis.__index = Redis

--- Sends a command, and returns at once: a function that waits for the reply.
function Redis:ask(...)
  local answer = async.queue(1)
  self.socket:write(encode(...)) -- what is written before somebody waits leaves in one packet
  assert(self.asked:put(answer))
  return function()
    local replied = answer:get() -- true, reply, complaint | false, why the connection failed
    if replied[1] then return replied[2], replied[3] end
    return nil, replied[2]
  end
end

--- Sends a command and waits -> reply | nil, err.
function Redis:call(...) return self:ask(...)() end

--- for text, channel in redis:subscribe(channel) do. Nothing else may be asked of this connection from then on.
function Redis:subscribe(channel)
  assert(self:call("SUBSCRIBE", channel))
  return function()
    local push = read_reply(self.socket) -- { "message", channel, text }
    return push[3], push[2]
  end
end

function Redis:__close() self.asked:close() end

-- All replies are read by one task of the connection: a caller who is cancelled does not leave his for the next one.
local function read_replies(self, patience)
  local _ <close> = self.socket
  local failure
  for answer in self.asked:values() do
    local replied = failure or { pcall(read_reply, self.socket, patience) }
    if not replied[1] then failure = replied end -- what comes after that belongs to nobody
    answer:put(replied)
  end
end

--- Connects: { port =, host =, patience = ms for a reply }. Raises when it cannot.
return function(options)
  local patience = options.patience or 5000
  local socket = net.connect { port = options.port, host = options.host, connectTimeout = patience, noDelay = true }
  assert(socket:wait "connect")
  local self = setmetatable({ socket = socket, asked = async.queue() }, Redis)
  async.spawn(read_replies, self, patience)
  return self
end
