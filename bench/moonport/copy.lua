-- copy.lua - a file through a socket and back into a file, as a moonport script: copy.lua FILE PORT TARGET
local fs = require "fs"
local net = require "net"

local source, port, target = ...
local socket = net.connect { port = tonumber(port), host = "127.0.0.1", allowHalfOpen = true }
fs.createReadStream(source):pipe(socket):pipe(fs.createWriteStream(target))
