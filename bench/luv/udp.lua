-- udp.lua - the benchmark's UDP servers for lua5.4 + luv: udp.lua MODE PORT
-- Many messages are read with one system call (mmsgs); what one turn of the loop sends, libuv puts together (try_send
-- would not: it makes a system call of each).
local uv = require "luv"

local mode, port = ...
local udp = uv.new_udp { family = "inet", mmsgs = 20 }
local modes = {}

local function ignore() end

function modes.echo(data, from)
  udp:send(data, from.ip, from.port, ignore)
end

local counted = 0
function modes.count(data, from)
  if data == "count" then udp:send(tostring(counted), from.ip, from.port, ignore)
  else counted = counted + 1 end
end

local peers = {}
function modes.fanout(data, from)
  if data == "join" then
    peers[#peers + 1] = from
    return udp:send(data, from.ip, from.port, ignore)
  end
  for _, peer in ipairs(peers) do udp:send(data, peer.ip, peer.port, ignore) end
end

local on_message = modes[mode]
assert(udp:bind("127.0.0.1", tonumber(port)))
udp:recv_start(function(err, data, from)
  assert(not err, err)
  if from then on_message(data, from) end
end)
print("port " .. udp:getsockname().port)
io.stdout:flush()
uv.run()
