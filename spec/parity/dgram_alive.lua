-- a bound socket keeps the program alive, one that was never bound does not
local dgram = require "dgram"
local p = require "prelude"

process.on("exit", function(code) p.log("exit", code) end)
dgram.createSocket("udp4"):on("message", function() p.log("never") end)
local socket = p.trace("socket", dgram.createSocket("udp4"), { "close" })
socket:unref():ref()
socket:bind(0, "127.0.0.1", function()
  setTimeout(function()
    p.log("still here")
    socket:close()
  end, 20):unref()
end)
