-- chat.lua - a chat room, one task a guest: the first line is the name, the others go to everybody else.
-- Usage: chat.lua [port [host]]; then, in two terminals or more: nc 127.0.0.1 8131
local net = require "net"
local port, host = arg[1] or 8131, arg[2] or "127.0.0.1"
local PATIENCE, BACKLOG = 60000, 1024 * 1024 -- ms for a name; bytes that a guest may leave unread

local room = {} -- socket = name

-- write() never waits, unlike send(): nobody is kept waiting by a guest who does not read.
local function tell(text, except)
  for guest in pairs(room) do
    if guest.writableLength > BACKLOG then
      guest:destroy() -- its task sees the end, and says goodbye
    elseif guest ~= except then
      guest:write(text .. "\n")
    end
  end
end

local function welcome(guest)
  guest:send "What is your name?\n"
  local name = guest:receive("l", PATIENCE)
  if not name or name == "" then return end

  room[guest] = name
  local _ <close> = setmetatable({}, { __close = function() -- whatever ends this task
    room[guest] = nil
    tell("* " .. name .. " has left")
  end })
  guest:send("Welcome, " .. name .. "!\n")
  tell("* " .. name .. " has come", guest)

  for line in guest:lines() do tell(name .. ": " .. line, guest) end
end

local server = assert(net.createServer():serve(welcome):listen(port, host):wait "listening")
local address = server:address()
print(("The chat room is open: nc %s %d"):format(address.address, address.port))
