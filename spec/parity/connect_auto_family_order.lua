-- happy eyeballs: the families take turns, beginning with the first address's
local net = require "net"
local p = require "prelude"

local server = net.createServer()
server:listen(0, "127.0.0.1", function()
  local port = server:address().port
  p.mask(port, "PORT")
  local list = {}
  for _, address in ipairs({ "127.0.0.1", "127.0.0.2", "::1", "127.0.0.1", "127.0.0.3" }) do
    list[#list + 1] = { address = address, family = net.isIP(address) }
  end
  local function lookup(host, options, done) return setImmediate(function() done(nil, list) end) end
  server:close(function()
    local socket = net.connect({ port = port, host = "some.name", lookup = lookup })
    socket:on("connectionAttempt", function(address, _, family) p.log("attempt", address, family) end)
    socket:on("error", function(err)
      for _, one in ipairs(err.errors) do p.log(one) end
      p.log(socket.autoSelectFamilyAttemptedAddresses)
    end)
  end)
end)
