-- an 'error' that the script emits closes nothing, and takes no callback of bind() with it that has run
local dgram = require "dgram"
local p = require "prelude"

local socket = p.trace("socket", dgram.createSocket("udp4"), { "listening", "error", "close" })
socket:bind(0, "127.0.0.1", function()
  p.log(socket:emit("error", Error("made up")))
  p.log(socket:address().address)
  socket:once("message", function(message)
    p.log("message", message)
    socket:removeAllListeners("error")
    p.attempt("unheard", function() return socket:emit("error", Error("nobody listens")) end)
    p.attempt("no error", function() return socket:emit("error", "a string") end)
    socket:close()
  end)
  socket:send("alive", socket:address().port, "127.0.0.1")
end)
