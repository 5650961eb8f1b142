-- qotd_time.lua - three old services, over IPv4 and IPv6: a quote (RFC 865), the time as text (867), as a number (868).
-- Usage: qotd_time.lua [quote [daytime [time]]], their ports, 8017, 8013 and 8037; then socat - UDP:127.0.0.1:8017 and
-- Return. They answer anything, so they listen on this host only, and never answer a service, which might answer back.
local dgram = require "dgram"
local hosts = { udp4 = "127.0.0.1", udp6 = "::1" }
local SINCE_1900, LAST_SERVICE = 2208988800, 1023

local quotes = {
  "Ever tried. Ever failed. No matter. Try again. Fail again. Fail better. (Samuel Beckett)",
  "Simplicity is prerequisite for reliability. (Edsger W. Dijkstra)",
  "Be conservative in what you do, be liberal in what you accept from others. (Jon Postel)",
}

local services = {
  { name = "quote", port = arg[1] or 8017, answer = function() return quotes[os.time() // 86400 % #quotes + 1] .. "\r\n" end },
  { name = "daytime", port = arg[2] or 8013, answer = function() return os.date "!%A, %d %B %Y %H:%M:%S UTC\r\n" end },
  { name = "time", port = arg[3] or 8037, answer = function() return (">I4"):pack(os.time() + SINCE_1900 & 0xffffffff) end },
}

for _, service in ipairs(services) do
  for kind, host in pairs(hosts) do
    local socket = dgram.createSocket(kind)
    socket:on("message", function(_, info)
      if info.port <= LAST_SERVICE then return end
      socket:send(service.answer(), info.port, info.address)
    end)
    socket:bind(service.port, host, function()
      print(("%s: %s port %d"):format(service.name, host, socket:address().port))
    end)
  end
end
