-- a socket that has a peer hears nobody else
local dgram = require "dgram"
local p = require "prelude"

local server = dgram.createSocket("udp4")
local stranger = dgram.createSocket("udp4")
local socket = dgram.createSocket("udp4")
server:bind(0, "127.0.0.1", function()
  socket:bind(0, "127.0.0.1", function()
    local port = socket:address().port
    socket:on("message", function(message, info)
      p.log("message", message, info.port == socket:remoteAddress().port)
      for _, each in ipairs({ server, stranger, socket }) do each:close() end
    end)
    socket:connect(server:address().port, "127.0.0.1", function()
      stranger:send("of a stranger", port, "127.0.0.1", function() server:send("of the peer", port, "127.0.0.1") end)
    end)
  end)
end)
