-- smtp_client.lua - sends a letter from standard input (RFC 5321): says a line, waits for the answer it wants.
-- Usage: smtp_client.lua from to [port [host]] <letter.txt; the server may be smtp_server.lua
local net = require "net"
local from, to = assert(arg[1], "who sends it?"), assert(arg[2], "who is it for?")
local port, host = arg[3] or 8125, arg[4] or "127.0.0.1"
local PATIENCE = 60000 -- ms for an answer

local socket <close> = net.connect { port = port, host = host, connectTimeout = 10000 }

-- Waits for an answer, of one line or many; ends the script when it is not the one that we hoped for.
local function hear(code)
  local line
  repeat
    local err
    line, err = socket:receive("l", PATIENCE)
    if not line then error(err or "the server has left", 0) end
  until not line:find "^%d%d%d%-"
  if line:sub(1, 3) ~= code then error("the server says: " .. line, 0) end
end

local function say(text, code)
  assert(socket:send(text .. "\r\n"))
  hear(code)
end

for _, address in ipairs { from, to } do
  assert(not address:find "[%c<>]", "no address: " .. address) -- a line break in it would be a command of its own
end
local letter = io.read "a":gsub("\r?\n", "\r\n")
if letter ~= "" and letter:sub(-2) ~= "\r\n" then letter = letter .. "\r\n" end
letter = ("\r\n" .. letter):gsub("\r\n%.", "\r\n.."):sub(3) -- a lonely dot would end it

assert(socket:wait "connect")
hear "220"
say("EHLO localhost", "250")
say(("MAIL FROM:<%s>"):format(from), "250")
say(("RCPT TO:<%s>"):format(to), "250")
say("DATA", "354")
say(letter .. ".", "250")
print "sent"
say("QUIT", "221")
