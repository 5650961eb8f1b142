-- chat.lua - a chat room: the first line is your name, the others go to everybody else.
-- Usage: chat.lua [port [host]]; then, in two terminals or more: nc 127.0.0.1 8125
local net = require "net"
local port, host = arg[1] or 8125, arg[2] or "127.0.0.1"

local room = {} -- the sockets of those who have a name

local function tell(text, except)
  for socket in pairs(room) do
    if socket ~= except then socket:write(text .. "\n") end
  end
end

local function heard(socket, line)
  if socket.name then return tell(socket.name .. ": " .. line, socket) end
  socket.name = line -- sockets take fields of your own
  room[socket] = true
  socket:write("Welcome, " .. line .. "!\n")
  tell("* " .. line .. " has come", socket)
end

local server = net.createServer(function(socket)
  local rest = "" -- a chunk may end in the middle of a line
  socket:setEncoding "utf8"
  socket:write "What is your name?\n"
  socket:on("data", function(chunk)
    rest = (rest .. chunk):gsub("(.-)\r?\n", function(line)
      heard(socket, line)
      return ""
    end)
    if #rest > 1024 then socket:destroy() end
  end)
  socket:on("error", function() end) -- a connection that breaks is one that leaves
  socket:on("close", function()
    room[socket] = nil
    if socket.name then tell("* " .. socket.name .. " has left") end
  end)
end)

server:listen(port, host, function()
  local address = server:address()
  print(("The chat room is open: nc %s %d"):format(address.address, address.port))
end)
