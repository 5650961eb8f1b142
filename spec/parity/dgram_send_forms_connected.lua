-- all forms of send() of a socket that has a peer
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
  client:connect(port, "127.0.0.1", function()
    p.log((client:send("message")))
    p.log((client:send("message, callback", done)))
    p.log((client:send("...offset, length...", 3, 14)))
    p.log((client:send("...offset, length, callback...", 3, 24, done)))
    p.log((client:send("...no port...", 3, 7, nil, nil, done)))
    p.log((client:send("callback that is none", "x")))
    p.log((client:send({ "a ", "list" }, done)))
    p.log((client:send("", done)))
    p.log((client:send({}, done)))
    p.attempt("port", function() return client:send("x", port) end)
    p.attempt("port, address", function() return client:send("x", port, "127.0.0.1") end)
    p.attempt("offset, length, port", function() return client:send("x", 0, 1, port) end)
    p.attempt("offset, length, port, address", function() return client:send("x", 0, 1, port, "127.0.0.1") end)
    p.attempt("all", function() return client:send("x", 0, 1, port, "127.0.0.1", done) end)
    p.attempt("bounds", function() return client:send("x", 0, 2) end)
    p.attempt("bounds first", function() return client:send("x", 0, 2, port) end)
    p.attempt("port before message", function() return client:send(5, "x", "y", port) end)
    p.attempt("message", function() return client:send(5) end)
    p.attempt("nothing", function() return client:send() end)
    p.attempt("sendto", function() return client:sendto("x", 0, 1, port, "127.0.0.1") end)
    client:send("last", function() client:close() end)
  end)
end)
