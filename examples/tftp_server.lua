-- tftp_server.lua - a file server for TFTP (RFC 1350, octet mode): gives the files of one folder, takes new ones.
-- Usage: tftp_server.lua folder [port [host [timeout in ms]]]; then curl tftp://127.0.0.1:6969/name, or
-- curl -T name tftp://127.0.0.1:6969/
local dgram = require "dgram"
local folder = arg[1] or error("Usage: tftp_server.lua folder [port [host [timeout in ms]]]", 0)
local port, host, timeout = arg[2] or 6969, arg[3] or "127.0.0.1", tonumber(arg[4]) or 1000
local kind = host:find(":", 1, true) and "udp6" or "udp4"

local RRQ, WRQ, DATA, ACK, ERROR = 1, 2, 3, 4, 5
local UNDEFINED, NOT_FOUND, ACCESS, FULL, ILLEGAL, UNKNOWN_ID, EXISTS = 0, 1, 2, 3, 4, 5, 6
local BLOCK, TRIES, MOST = 512, 5, 100 -- bytes; how often a packet is sent; transfers at once

local transfers, count = {}, 0 -- by peer, "address:port"

local function error_packet(code, text) return (">I2I2z"):pack(ERROR, code, text) end

-- A transfer has a socket of its own, whose port tells it from others. What it sent last it sends again until it has
-- heard what it waits for, or gives up. heard(op, number, data) is set by who begins it; closed() is told the end.
local function begin(key, peer, closed)
  local t, socket = { tries = 0 }, dgram.createSocket(kind)

  local function send_last() socket:send(t.packet, peer.port, peer.address) end

  local function close()
    clearInterval(t.timer)
    transfers[key], count = nil, count - 1
    socket:close()
    closed()
  end

  function t.send(packet)
    t.packet, t.tries = packet, 1
    t.timer:refresh()
    send_last()
  end

  function t.fail(code, text)
    t.send(error_packet(code, text))
    close()
  end

  t.close, t.again = close, send_last
  t.timer = setInterval(function()
    t.tries = t.tries + 1
    if t.over or t.tries > TRIES then return close() end
    send_last()
  end, timeout)
  socket:on("message", function(packet, info)
    if info.port ~= peer.port or info.address ~= peer.address then
      return socket:send(error_packet(UNKNOWN_ID, "Unknown transfer ID"), info.port, info.address)
    end
    if #packet < 4 then return end
    local op, number = (">I2I2"):unpack(packet)
    if op == ERROR then return close() end
    t.heard(op, number, packet:sub(5))
  end)
  socket:on("error", close)
  socket:bind(0, host)
  transfers[key], count = t, count + 1
  return t
end

local function give(path, key, peer)
  local file = io.open(path, "rb")
  if not file then return NOT_FOUND, "File not found" end
  local number, last = 0, false
  local t = begin(key, peer, function() file:close() end)

  local function send_next()
    local data, err = file:read(BLOCK)
    if err then return t.fail(UNDEFINED, "Cannot be read") end -- a folder
    data = data or ""
    number, last = number + 1 & 0xffff, #data < BLOCK
    t.send((">I2I2"):pack(DATA, number) .. data)
  end

  function t.heard(op, acknowledged)
    if op ~= ACK then return t.fail(ILLEGAL, "Illegal operation") end
    if acknowledged ~= number then return end -- an old one: an answer to it would double every packet from here on
    if last then return t.close() end
    send_next()
  end
  send_next()
end

local function take(path, key, peer)
  local other = io.open(path, "rb")
  if other then
    other:close()
    return EXISTS, "File already exists"
  end
  local file = io.open(path, "wb")
  if not file then return ACCESS, "Access violation" end
  local number = 0
  local t = begin(key, peer, function()
    if io.type(file) == "file" then -- it did not get to its end
      file:close()
      os.remove(path)
    end
  end)

  local function acknowledge() t.send((">I2I2"):pack(ACK, number)) end

  function t.heard(op, block, data)
    if op ~= DATA or #data > BLOCK then return t.fail(ILLEGAL, "Illegal operation") end
    if block == number then return t.again() end -- our acknowledgement was lost
    if t.over or block ~= number + 1 & 0xffff then return end
    if block == 0 then return t.fail(FULL, "Too large") end -- it would be block 65,536
    t.over = #data < BLOCK -- now it only waits for the last block to come once more
    if not file:write(data) or (t.over and not file:close()) then return t.fail(FULL, "Disk full") end
    number = block
    acknowledge()
  end
  acknowledge()
end

-- Begins what a request asks for; an error code and text when that cannot be.
local function serve(packet, key, peer)
  if #packet < 2 then return end
  local op = (">I2"):unpack(packet)
  if op == ERROR then return end -- never answered
  local name, mode = packet:match("^([^\0]+)\0([^\0]+)\0", 3)
  if (op ~= RRQ and op ~= WRQ) or not name then return ILLEGAL, "Illegal operation" end
  if mode:lower() ~= "octet" then return UNDEFINED, "Only octet mode" end
  if name:find("/", 1, true) or name:sub(1, 1) == "." then return ACCESS, "Access violation" end -- no way out
  if transfers[key] then return end -- the request once more: it is answered already
  if count == MOST then return UNDEFINED, "Busy" end
  return (op == RRQ and give or take)(folder .. "/" .. name, key, peer)
end

local server = dgram.createSocket(kind)

server:on("message", function(packet, peer)
  local code, text = serve(packet, peer.address .. ":" .. peer.port, peer)
  if code then server:send(error_packet(code, text), peer.port, peer.address) end
end)

server:bind(port, host, function()
  local address = server:address()
  local where = kind == "udp6" and "[" .. address.address .. "]" or address.address
  print(("Get files with: curl tftp://%s:%d/name"):format(where, address.port))
end)
