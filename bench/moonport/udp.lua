-- udp.lua - the benchmark's UDP servers as a moonport script: udp.lua MODE PORT
local dgram = require "dgram"

local mode, port = ...
local socket = dgram.createSocket "udp4"
local modes = {}

function modes.echo(message, from)
  socket:send(message, from.port, from.address)
end

local counted = 0
function modes.count(message, from)
  if message == "count" then socket:send(tostring(counted), from.port, from.address)
  else counted = counted + 1 end
end

local peers = {}
function modes.fanout(message, from)
  if message == "join" then
    peers[#peers + 1] = from
    return socket:send(message, from.port, from.address)
  end
  for _, peer in ipairs(peers) do socket:send(message, peer.port, peer.address) end
end

socket:on("message", modes[mode])
socket:bind(tonumber(port), "127.0.0.1", function()
  print("port " .. socket:address().port)
  io.stdout:flush()
end)
