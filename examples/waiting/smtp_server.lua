-- smtp_server.lua - takes mail and prints it (RFC 5321): a dialogue, written down as one.
-- Usage: smtp_server.lua [port [host]]; then smtp_client.lua, or curl smtp://127.0.0.1:8125 --mail-from a@b.c
-- --mail-rcpt d@e.f --upload-file letter.txt
local net = require "net"
local port, host = arg[1] or 8125, arg[2] or "127.0.0.1"
local PATIENCE, LONGEST, MOST = 300000, 1024 * 1024, 100 -- ms for a line; bytes of a mail; its recipients

-- The lines up to a lonely dot; nil when they are too many. Only CR LF ends a line here: what takes a bare LF for one
-- lets a letter contain the commands of another.
local function read_letter(socket)
  local lines, size, fresh = {}, 0, true
  while true do
    local line, err = socket:receive("L", PATIENCE)
    if not line then error(err or "the client left in the middle of its letter", 0) end
    if fresh and line == ".\r\n" then break end
    size = size + #line
    if size <= LONGEST then lines[#lines + 1] = fresh and line:gsub("^%.", "") or line end
    fresh = line:sub(-2) == "\r\n"
  end
  return size <= LONGEST and table.concat(lines) or nil
end

local commands = {} -- name = function(what follows it, mail, socket) -> reply

function commands.EHLO() return ("250-moonport\r\n250-SIZE %d\r\n250 8BITMIME"):format(LONGEST) end

function commands.HELO() return "250 moonport" end

function commands.NOOP() return "250 OK" end

function commands.RSET(_, mail)
  mail.from, mail.to = nil, {}
  return "250 OK"
end

function commands.MAIL(text, mail)
  mail.from = text:match "^[Ff][Rr][Oo][Mm]: *<([^<>]*)>"
  mail.to = {}
  return mail.from and "250 OK" or "501 Say MAIL FROM:<address>"
end

function commands.RCPT(text, mail)
  if not mail.from then return "503 MAIL first" end
  if #mail.to == MOST then return "452 Too many recipients" end
  local to = text:match "^[Tt][Oo]: *<([^<>]+)>"
  mail.to[#mail.to + 1] = to
  return to and "250 OK" or "501 Say RCPT TO:<address>"
end

function commands.DATA(_, mail, socket)
  if not mail.from or #mail.to == 0 then return "503 MAIL and RCPT first" end
  socket:send "354 End with a dot\r\n"
  local letter = read_letter(socket)
  if letter then
    print(("From <%s> to <%s>:"):format(mail.from, table.concat(mail.to, ">, <")))
    io.write((letter:gsub("\r\n", "\n")), "\n")
  end
  commands.RSET(nil, mail)
  return letter and "250 Taken" or "552 Too long"
end

local server = net.createServer():serve(function(socket)
  local mail = { to = {} }
  socket:send "220 moonport\r\n"
  while true do
    local line, err = socket:receive("l", PATIENCE)
    if err and err.code == "ETIMEDOUT" then socket:send "421 Good night\r\n" end
    if not line then return end
    local name, text = line:match "^(%a+) *(.-) *$"
    name = name and name:upper()
    if name == "QUIT" then return socket:send "221 Bye\r\n" end
    local command = commands[name]
    socket:send((command and command(text, mail, socket) or "500 What?") .. "\r\n")
  end
end)
server:on("taskError", function(err) print("lost a letter: " .. tostring(err)) end)

local address = assert(server:listen(port, host):wait "listening"):address()
print(("Mail is taken at %s port %d"):format(address.address, address.port))
