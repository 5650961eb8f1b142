-- dns_server.lua - a name server for specs, over UDP and TCP on one port: it answers from a table, or as badly as it is
-- told to. Writes messages as RFC 1035 has them; dns_spec lets dig(1) confirm that.
local dgram = require "dgram"
local net = require "net"

local server = {}

local numbers = { A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, MX = 15, TXT = 16, AAAA = 28, SRV = 33, NAPTR = 35,
  TLSA = 52, CAA = 257, ANY = 255 }
server.codes = { FORMERR = 1, SERVFAIL = 2, NXDOMAIN = 3, NOTIMP = 4, REFUSED = 5 }

--- "a.example" as labels.
function server.name(text)
  return text:gsub("([^.]+)%.?", function(label) return ("s1"):pack(label) end) .. "\0"
end

--- A record of the name that was asked for: type by name, ttl in s, data as it is on the wire.
function server.record(rrtype, ttl, data)
  return "\xc0\x0c" .. (">I2I2I4s2"):pack(numbers[rrtype] or rrtype, 1, ttl, data)
end

--- question (a message) -> name, type by name, the position behind
function server.parse(question)
  local labels, at = {}, 13
  while question:byte(at) ~= 0 do
    labels[#labels + 1], at = ("s1"):unpack(question, at)
  end
  local number = (">I2"):unpack(question, at + 1)
  for name, n in pairs(numbers) do
    if n == number then return table.concat(labels, "."), name, at + 5 end
  end
  return table.concat(labels, "."), number, at + 5
end

--- The answer to a question: records as record() makes them, or the name of an error; truncated: the client is to ask
--- again over TCP.
function server.answer(question, records, truncated)
  local code = type(records) == "string" and server.codes[records] or 0
  local list = code == 0 and records or {}
  local _, _, behind = server.parse(question)
  return (">c2I2I2I2I2I2"):pack(question:sub(1, 2), 0x8180 | (truncated and 0x200 or 0) | code, 1, #list, 0, 0)
    .. question:sub(13, behind - 1) .. table.concat(list)
end

--- Starts one: reply(question, name, rrtype, tcp, peer) gives the message, or nothing. ready(server) is called with
--- { address = "127.0.0.1:port", port =, asked = {}, close = function }.
function server.start(reply, ready)
  local self = { asked = {} }
  local udp = dgram.createSocket "udp4"
  local function handle(question, over_tcp, peer)
    local name, rrtype = server.parse(question)
    table.insert(self.asked, { name = name, type = rrtype, tcp = over_tcp, peer = peer })
    return reply(question, name, rrtype, over_tcp, peer)
  end
  udp:on("message", function(question, peer)
    local message = handle(question, false, peer.address)
    if message then udp:send(message, peer.port, peer.address) end
  end)
  local tcp = net.createServer(function(socket)
    local pending = ""
    socket:on("error", function() end)
    socket:on("data", function(data)
      pending = pending .. data
      while #pending >= 2 and #pending >= (">I2"):unpack(pending) + 2 do
        local question, at = (">s2"):unpack(pending)
        pending = pending:sub(at)
        local message = handle(question, true, socket.remoteAddress)
        if message then socket:write((">s2"):pack(message)) end
      end
    end)
  end)
  function self.close()
    udp:close()
    tcp:closeAll()
  end
  local function open() -- until a port is free for both
    tcp:listen(0, "127.0.0.1", function()
      self.port = tcp:address().port
      self.address = "127.0.0.1:" .. self.port
      udp:bind(self.port, "127.0.0.1")
    end)
  end
  udp:on("error", function() tcp:close(open) end)
  udp:on("listening", function() ready(self) end)
  open()
end

return server
