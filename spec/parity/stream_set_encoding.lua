-- setEncoding: characters and groups that are split over chunks wait for their rest
local net = require "net"
local p = require "prelude"

local cases = {
  { "utf8", "61e2", "82", "ac62", "f09f", "9880", "c3a9" }, { "UTF-8", "c3", "a9" },
  { "utf16le", "61", "00e9", "00ac20", "3dd8", "00de6200" }, { "ucs2", "3dd8", "00de" },
  { "hex", "00", "ff10", "4a" }, { "latin1", "e9", "61ff" }, { "binary", "e9" }, { "ascii", "61", "e962" },
  { "base64", "61", "6263", "64", "656667", "68" }, { "base64", "fbff", "fe" },
  { "base64url", "fbff", "fe61" }, { "base64url", "ff", "ff" }
}
local parts = {}
local server = net.createServer(function(peer)
  local function send()
    local part = table.remove(parts, 1)
    if part == nil then return peer:finish() end
    peer:write(part, "hex", function() setTimeout(function() setTimeout(send, 2) end, 2) end)
  end
  peer:once("data", send)
end)
local function run()
  local job = table.remove(cases, 1)
  if job == nil then return server:close() end
  for _, part in ipairs(job) do parts[#parts + 1] = part end
  local socket = net.connect(server:address().port, "127.0.0.1")
  p.log(socket:setEncoding(table.remove(parts, 1)), socket.readableEncoding)
  socket:on("data", function(chunk) p.log("data", chunk) end)
  socket:on("close", function() run() end)
  socket:on("connect", function() socket:write("go") end)
end
server:listen(0, "127.0.0.1", function() run() end)
