-- netcat.lua - a pipe from standard input to a server, and another one back to standard output.
-- Usage: netcat.lua [host [port]]; for example: cat file | moonport netcat.lua 127.0.0.1 8124
local net = require "net"

local host, port = ...
local socket = net.connect(port or 8124, host or "127.0.0.1")

process.stdin:pipe(socket)
socket:pipe(process.stdout) -- which is not ended with it
socket:on("error", function(err)
  process.stderr:write("netcat: " .. err .. "\n")
  process.exit(1)
end)
