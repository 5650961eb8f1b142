-- the encodings of write() and end(): what arrives, in hex
local net = require "net"
local p = require "prelude"

local heard = ""
local server = net.createServer(function(peer) peer:setEncoding("hex"):on("data", function(chunk) heard = heard .. chunk end) end)
local writes = {
  { "é€😀", "utf8" }, { "é€", "utf-8" }, { "é", "UTF8" }, { "aé", "latin1" }, { "é", "binary" }, { "aé", "ascii" },
  { "4a4B", "hex" }, { "4a4b4", "hex" }, { "4azz4b", "hex" },
  { "aGVsbG8=", "base64" }, { "aGVsbG8", "base64" }, { "_-8", "base64" }, { "a G\nV", "base64" },
  { "_-8", "base64url" }, { "/+8=", "base64url" },
  { "aé€", "utf16le" }, { "😀", "ucs2" }, { "a", "utf-16le" }, { "a", "UCS-2" }
}
local function run()
  local data = table.remove(writes, 1)
  if data == nil then return server:close() end
  local socket = net.connect(server:address().port, "127.0.0.1")
  heard = ""
  socket:write(data[1], data[2])
  socket:finish(data[1], data[2])
  p.log(data)
  socket:on("close", function()
    p.log(heard)
    run()
  end)
end
server:listen(0, "127.0.0.1", function() run() end)
