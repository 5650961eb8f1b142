-- every type of record, answered by a name server of ours
local dgram = require "dgram"
local dns = require "dns"
local p = require "prelude"
local log = p.log

local function name(text) return (text:gsub("([^.]+)%.?", function(label) return ("s1"):pack(label) end)) .. (text ~= "" and "\0" or "") end
local function short(n) return (">I2"):pack(n) end
local function long(n) return (">I4"):pack(n) end
local function text(s) return ("s1"):pack(s) end
local A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, NAPTR, CAA, ANY = 1, 2, 5, 6, 12, 15, 16, 28, 33, 35, 257, 255
local answers = {
  [A] = { { CNAME, 7, name "other.example" }, { A, 60, "\1\2\3\4" }, { A, 5, "\xff\0\0\1" } },
  [AAAA] = { { AAAA, 9, "\x20\x01\x0d\xb8" .. ("\0"):rep(11) .. "\1" } },
  [NS] = { { NS, 1, name "ns1.a.example" }, { NS, 1, "\3ns2\xc0\x0c" } },
  [CNAME] = { { CNAME, 1, name "other.example" } },
  [PTR] = { { PTR, 1, name "p.example" } },
  [MX] = { { MX, 1, short(10) .. name "mx.example" }, { MX, 1, short(20) .. "\2mx\xc0\x0c" } },
  [TXT] = { { TXT, 1, text "one" .. text "two" }, { TXT, 1, text "" } },
  [SRV] = { { SRV, 1, short(1) .. short(2) .. short(5060) .. name "sip.example" } },
  [NAPTR] = { { NAPTR, 1, short(100) .. short(10) .. text "s" .. text "SIP+D2U" .. text "" .. name "_sip._udp.example" } },
  [CAA] = { { CAA, 1, "\x80" .. text "issue" .. "ca.example" }, { CAA, 1, "\0" .. text "iodef" .. "mailto:a@b" } },
  [SOA] = { { SOA, 1, name "ns.example" .. name "me" .. long(20240101) .. long(3600) .. long(600) .. long(86) .. long(4000000000) } },
}
answers[ANY] = { answers[A][2], answers[AAAA][1], answers[MX][1], answers[NS][1], answers[TXT][1], answers[SOA][1] }

local server
server = dgram.createSocket("udp4", function(question, peer)
  local stop = question:find("\0", 13, true) + 4
  local list = answers[(">I2"):unpack(question, stop - 3)]
  local answer = question:sub(1, 2) .. "\x81\x80\0\1" .. short(#list) .. "\0\0\0\0" .. question:sub(13, stop)
  for _, record in ipairs(list) do
    local type_, ttl, data = table.unpack(record)
    answer = answer .. "\xc0\x0c" .. short(type_) .. "\0\1" .. long(ttl) .. short(#data) .. data
  end
  server:send(answer, peer.port, peer.address)
end)

server:bind(0, "127.0.0.1", function()
  local resolver = dns.Resolver()
  resolver:setServers { ("127.0.0.1:%d"):format(server:address().port) }
  local steps = { "resolve4", "resolve6", "resolveNs", "resolveCname", "resolvePtr", "resolveMx", "resolveTxt", "resolveSrv",
    "resolveNaptr", "resolveCaa", "resolveSoa", "resolveAny", "A", "SOA" }
  local function next_step()
    local step = table.remove(steps, 1)
    local function told(err, found)
      for _, one in ipairs(found[1] and found or { found }) do log(step, err, one) end
      next_step()
    end
    if not step then
      resolver:resolve4("a.example", { ttl = true }, function(err, found)
        log(err, found)
        server:close()
      end)
    elseif resolver[step] then resolver[step](resolver, "a.example", told)
    else resolver:resolve("a.example", step, told) end
  end
  next_step()
end)
