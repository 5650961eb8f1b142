-- connect() and disconnect() in turns, what is sent in between, and what is refused in each state
local dgram = require "dgram"
local p = require "prelude"

local function heard(name) return function(message) p.log(name, "heard", message) end end
local first, second = dgram.createSocket("udp4", heard("first")), dgram.createSocket("udp4", heard("second"))
first:bind(0, "127.0.0.1", function()
  second:bind(0, "127.0.0.1", function()
    p.mask(first:address().port, "FIRST")
    p.mask(second:address().port, "SECOND")
    local client = dgram.createSocket("udp4"):on("connect", function() p.log("connect") end)
    local rounds = 0
    local function round()
      rounds = rounds + 1
      if rounds > 6 then
        p.attempt("disconnect", function() return client:disconnect() end)
        return client:close(function()
          first:close()
          second:close()
        end)
      end
      local target = rounds % 2 == 0 and first or second
      p.attempt("connect", function()
        return client:connect(target:address().port, "127.0.0.1", function(err)
          p.log("connected", err, client:remoteAddress().port)
          p.attempt("again", function() return client:connect(9) end)
          target:once("message", function()
            p.attempt("disconnect", function() return client:disconnect() end)
            p.attempt("disconnect again", function() return client:disconnect() end)
            p.attempt("remote", function() return client:remoteAddress() end)
            p.attempt("send", function() return client:send("x") end)
            second:once("message", round)
            client:send("unconnected", second:address().port, "127.0.0.1")
          end)
          client:send(("round %d"):format(rounds))
        end)
      end)
      p.attempt("while connecting", function() return client:connect(9) end)
      p.attempt("disconnect while connecting", function() return client:disconnect() end)
      p.attempt("remote while connecting", function() return client:remoteAddress() end)
    end
    client:bind(0, "127.0.0.1", round)
  end)
end)
