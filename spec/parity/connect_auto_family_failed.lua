-- happy eyeballs with nobody at any address: one AggregateError with the first error's code
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local function lookup(host, options, done) return setImmediate(function()
    done(nil, { { address = "127.0.0.2", family = 4 }, { address = "127.0.0.1", family = 4 } })
  end) end
  server:close(function()
    local socket = net.connect({ port = port, host = "some.name", lookup = lookup }, function() p.log("never") end)
    p.trace("socket", socket, { "connectionAttempt", "connectionAttemptFailed", "close" })
    socket:on("error", function(err)
      p.log(err.name, err.code, #err.errors, socket.destroyed, socket.connecting)
      for _, one in ipairs(err.errors) do p.log(one, one.address) end
      p.log(socket.autoSelectFamilyAttemptedAddresses)
    end)
    socket:write("lost", function(err) p.log("write", err) end)
  end)
end)
