-- a lookup that fails: 'error' with the very same, unbound again; one that answers at once does so inside of bind()
local dgram = require "dgram"
local p = require "prelude"

local failure = Error("no such name")
local function answer(done) setImmediate(function() done(failure) end) end
local function lookup(host, family, done)
  if host == "some.name" then return answer(done) end
  done(nil, host, family)
end
local socket = p.trace("socket", dgram.createSocket({ type = "udp6", lookup = lookup }), { "listening", "error", "close" })
socket:bind(0, "some.name", function() p.log("never") end)
socket:once("error", function(err)
  p.log(err == failure, socket:listenerCount("listening"))
  answer = function(done) done(failure) end
  socket:once("error", function()
    p.log("inside")
    answer = function(done) done(nil, "no.ip") end
    socket:once("error", function(third)
      p.log(third.code, third.syscall, third.address)
      answer = function(done) done(nil, "::1") end
      socket:bind(0, "some.name")
      p.log("bound", socket:address().address)
      socket:close()
    end)
    socket:bind(0, "some.name")
  end)
  socket:bind(0, "some.name", function() p.log("never") end)
  p.log("bind returned")
end)
