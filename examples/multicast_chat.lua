-- multicast_chat.lua - a chat without a server: what one says goes to a multicast group, and so to all its members.
-- Usage: multicast_chat.lua [name [group [port [interface]]]], in two terminals or more.
-- Over IPv4 it stays on this host unless another interface's address is given; an IPv6 one is named as "::%eth0".
local dgram, net = require "dgram", require "net"
local name, group, port = arg[1] or "guest " .. process.pid, arg[2] or "239.255.77.77", arg[3] or 9077
local kind = net.isIPv6(group) and "udp6" or "udp4"
local interface = arg[4] or (kind == "udp6" and "::" or "127.0.0.1")
local MARK, LONGEST = "moonchat ", 1000 -- how our messages begin: anybody may send to a group; bytes of a message

local socket = dgram.createSocket { type = kind, reuseAddr = true } -- several on this host share the port

local function say(text)
  local message = MARK .. text
  if #message > LONGEST then return print "(that was too long)" end
  socket:send(message, port, group, function(err)
    if err then print("(not sent: " .. err.message .. ")") end
  end)
end

socket:on("message", function(message)
  if #message > LONGEST or message:sub(1, #MARK) ~= MARK or not utf8.len(message) then return end
  print((message:sub(#MARK + 1):gsub("\xC2[\x80-\x9F]", "?"):gsub("%c", "?"))) -- nobody moves our cursor
end)

socket:bind(port, group, function()
  socket:addMembership(group, interface)
  socket:setMulticastInterface(interface)
  say("* " .. name .. " has come")

  local rest = ""
  process.stdin:setEncoding "utf8"
  process.stdin:on("data", function(chunk)
    rest = (rest .. chunk):gsub("(.-)\n", function(line)
      say(name .. ": " .. line)
      return ""
    end)
  end)
  process.stdin:on("end", function()
    if rest ~= "" then say(name .. ": " .. rest) end
    say("* " .. name .. " has left")
    socket:close() -- what was said leaves before
  end)
end)
