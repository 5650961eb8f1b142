-- dns_server.lua - a name server for the A and TXT records of a table (RFC 1035); an answer of over 512 bytes says only
-- that it is too long. Usage: dns_server.lua [port [host]]; then dig @127.0.0.1 -p 5300 moon.test A
local dgram = require "dgram"
local port, host = arg[1] or 5300, arg[2] or "127.0.0.1"
local TTL, LONGEST = 300, 512 -- seconds that an answer may be kept; bytes of one

local zone = { -- names in lower case
  ["moon.test"] = { A = { "192.0.2.1", "192.0.2.2" }, TXT = { "one small step" } },
  ["apollo.moon.test"] = { A = { "192.0.2.11" }, TXT = { "lm=Eagle", "csm=Columbia" } },
  ["long.moon.test"] = { TXT = { ("0123456789"):rep(30) } },
  ["longer.moon.test"] = { TXT = { ("0123456789"):rep(60) } },
}

local NOERROR, FORMERR, NXDOMAIN, NOTIMP, REFUSED = 0, 1, 3, 4, 5
local QR, OPCODE, AA, TC, RD, IN = 0x8000, 0x7800, 0x0400, 0x0200, 0x0100, 1

local types = { -- number = { its name in the zone, text -> the data of a record }
  [1] = { "A", function(ip) return ("BBBB"):pack(ip:match "^(%d+)%.(%d+)%.(%d+)%.(%d+)$") end },
  [16] = { "TXT", function(text)
    local strings = {}
    for at = 1, math.max(#text, 1), 255 do strings[#strings + 1] = ("s1"):pack(text:sub(at, at + 254)) end
    return table.concat(strings)
  end },
}

-- The name at `at`, and where it ends. nil: it is cut off, too long, or has a pointer, as no question does.
local function read_name(query, at)
  local first, labels = at, {}
  while true do
    local size = query:byte(at)
    if not size or size > 63 or at - first > 254 then return nil end
    if size == 0 then return table.concat(labels, "."), at + 1 end
    local label = query:sub(at + 1, at + size):lower()
    labels[#labels + 1] = label:gsub("%.", "\\.")
    at = at + size + 1
  end
end

-- A code and the records that answer the question: each with a pointer to the name in byte 12, which is the question's.
local function look_up(name, number, class)
  if class ~= IN then return REFUSED, {} end
  if not zone[name] then return NXDOMAIN, {} end
  local found, kind = {}, types[number]
  for i, text in ipairs(kind and zone[name][kind[1]] or {}) do
    found[i] = (">I2I2I2I4s2"):pack(0xC00C, number, IN, TTL, kind[2](text))
  end
  return NOERROR, found
end

-- The answer to a query. nil when it deserves none: it has no head, or is an answer, which must not be answered.
local function answer(query)
  if #query < 12 then return nil end
  local id, flags, questions = (">I2I2I2"):unpack(query)
  if flags & QR ~= 0 then return nil end
  local code, question, found = FORMERR, "", {}
  local name, stop = read_name(query, 13)
  if flags & OPCODE ~= 0 then
    code = NOTIMP
  elseif questions == 1 and name and #query >= stop + 3 then
    question = query:sub(13, stop + 3)
    code, found = look_up(name, (">I2I2"):unpack(query, stop))
  end
  flags = flags & (OPCODE | RD) | QR | AA | code
  local records = table.concat(found)
  if 12 + #question + #records > LONGEST then
    flags, found, records = flags | TC, {}, ""
  end
  return (">I2I2I2I2I2I2"):pack(id, flags, question ~= "" and 1 or 0, #found, 0, 0) .. question .. records
end

local server = dgram.createSocket(host:find(":", 1, true) and "udp6" or "udp4")

server:on("message", function(query, info)
  local text = answer(query)
  if text then server:send(text, info.port, info.address) end
end)

server:bind(port, host, function()
  local address = server:address()
  print(("Ask it: dig @%s -p %d moon.test A"):format(address.address, address.port))
end)
