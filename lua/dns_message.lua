-- dns_message.lua - the records of a name server's answer (RFC 1035). The bytes come from anybody: what does not hold
-- together is an error, and nothing else happens. Never asks anybody itself.
local core = require "moonport.core"

local message = {}

local IN <const> = 1
local NAME_AT_MOST <const>, JUMPS_AT_MOST <const> = 255, 128

-- What has a meaning in names, as c-ares escapes it.
local function escape(label)
  return (label:gsub('["%.;\\%(%)@$]', "\\%0"):gsub("[^\33-\126]", function(byte)
    return ("\\%03d"):format(byte:byte())
  end))
end

-- The name at a position, which may go on elsewhere -> name, the position behind it
local function read_name(bytes, at)
  local labels, length, jumps, behind = {}, 0, 0, nil
  while true do
    local size = bytes:byte(at) or error "the name is cut off"
    if size == 0 then return table.concat(labels, "."), behind or at + 1 end
    if size >= 0xC0 then
      behind = behind or at + 2
      jumps = jumps + 1
      if jumps > JUMPS_AT_MOST then error "the name has no end" end
      at = (">I2"):unpack(bytes, at) % 0x4000 + 1
    else
      length = length + size + 1
      if size >= 0x40 or length > NAME_AT_MOST then error "the name is too long" end
      labels[#labels + 1] = escape((("s1"):unpack(bytes, at)))
      at = at + size + 1
    end
  end
end

-- type -> its name, and what reads its data: (bytes, at, behind) -> fields, the position behind them
local kinds = {}

local function kind(number, name, read) kinds[number] = { name = name, read = read } end

local function value(bytes, at)
  local name, next_at = read_name(bytes, at)
  return { value = name }, next_at
end

local function address(size)
  return function(bytes, at) return { address = core.ip_text(bytes:sub(at, at + size - 1)) }, at + size end
end

kind(1, "A", address(4))
kind(28, "AAAA", address(16))
kind(2, "NS", value)
kind(5, "CNAME", value)
kind(12, "PTR", value)

kind(6, "SOA", function(bytes, at)
  local soa = {}
  soa.nsname, at = read_name(bytes, at)
  soa.hostmaster, at = read_name(bytes, at)
  soa.serial, soa.refresh, soa.retry, soa.expire, soa.minttl, at = (">I4I4I4I4I4"):unpack(bytes, at)
  return soa, at
end)

kind(15, "MX", function(bytes, at)
  local mx = { priority = (">I2"):unpack(bytes, at) }
  mx.exchange, at = read_name(bytes, at + 2)
  return mx, at
end)

kind(16, "TXT", function(bytes, at, behind)
  local entries = {}
  while at < behind do
    entries[#entries + 1], at = ("s1"):unpack(bytes, at)
  end
  return { entries = entries }, at
end)

kind(33, "SRV", function(bytes, at)
  local srv = {}
  srv.priority, srv.weight, srv.port, at = (">I2I2I2"):unpack(bytes, at)
  srv.name, at = read_name(bytes, at)
  return srv, at
end)

kind(35, "NAPTR", function(bytes, at)
  local naptr = {}
  naptr.order, naptr.preference, naptr.flags, naptr.service, naptr.regexp, at = (">I2I2s1s1s1"):unpack(bytes, at)
  naptr.replacement, at = read_name(bytes, at)
  return naptr, at
end)

kind(52, "TLSA", function(bytes, at, behind)
  local tlsa = {}
  tlsa.certUsage, tlsa.selector, tlsa.match, at = ("BBB"):unpack(bytes, at)
  tlsa.data = bytes:sub(at, behind - 1)
  return tlsa, math.max(at, behind)
end)

kind(257, "CAA", function(bytes, at, behind)
  local critical, property
  critical, property, at = ("Bs1"):unpack(bytes, at)
  return { critical = critical, [property:lower()] = bytes:sub(at, behind - 1) }, math.max(at, behind)
end)

local function read_answers(bytes)
  local _, _, questions, answers, at = (">I2I2I2I2"):unpack(bytes)
  at = at + 4 -- the counts of what follows the answers
  for _ = 1, questions do
    _, at = read_name(bytes, at)
    at = at + 4 -- type and class
  end
  local records = {}
  for _ = 1, answers do
    local number, class, ttl, size
    _, at = read_name(bytes, at)
    number, class, ttl, size, at = (">I2I2I4I2"):unpack(bytes, at)
    local behind = at + size
    if behind > #bytes + 1 then error "a record is cut off" end
    if kinds[number] and class == IN then
      local record, next_at = kinds[number].read(bytes, at, behind)
      if next_at ~= behind then error "a record is of another length" end
      record.type, record.ttl = kinds[number].name, ttl
      records[#records + 1] = record
    end
    at = behind
  end
  return records
end

--- The answers of a message, in their order: tables with `type`, `ttl` in s, and what the type has, in Node's words.
--- Other types and classes are left out. nil when it is none.
--- @param bytes string
--- @return table[]?
function message.answers(bytes)
  local ok, records = pcall(read_answers, bytes)
  return ok and records or nil
end

--- type -> its number in questions
message.types = { ANY = 255 }
for number, entry in pairs(kinds) do message.types[entry.name] = number end

return message
