-- all forms of send() of a socket without a peer
local dgram = require "dgram"
local p = require "prelude"

local server; server = dgram.createSocket("udp4", function(message, info)
  p.log("message", message, info.size)
  if message == "last" then server:close() end
end)
server:bind(0, "127.0.0.1", function()
  local port = server:address().port
  local client = dgram.createSocket("udp4")
  local function done(err, bytes) p.log("sent", err, bytes) end
  p.log((client:send("port", port)))
  p.log((client:send("port, address", port, "127.0.0.1")))
  p.log((client:send("port, address, callback", port, "127.0.0.1", done)))
  p.log((client:send("port, callback", port, done)))
  p.log((client:send("empty address", port, "", done)))
  p.log((client:send("no address", port, nil, done)))
  p.log((client:send("port as string", tostring(port), done)))
  p.log((client:send("port with spaces", (" %d "):format(port), done)))
  p.log((client:send("port in hexadecimal", ("0x%x"):format(port), done)))
  p.log((client:send("...offset, length, port", 3, 20, port)))
  p.log((client:send("...offset, length, port, callback...", 3, 30, port, done)))
  p.log((client:send("...offset, length, port, address", 3, 29, port, "127.0.0.1")))
  p.log((client:send("...all of them...", 3, 11, port, "127.0.0.1", done)))
  p.log((client:send("...no address...", 3, 10, port, nil, done)))
  p.attempt("callback that is none", function() return client:send("x", port, "127.0.0.1", 5) end)
  p.log((client:send("x", port, "127.0.0.1", false)))
  p.log((client:send("last", port, "127.0.0.1", function() client:close() end)))
end)
