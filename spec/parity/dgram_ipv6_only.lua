-- ipv6Only leaves the port of IPv4 to others; without it, it is taken
local dgram = require "dgram"
local p = require "prelude"

local function run(only, after)
  local six = dgram.createSocket({ type = "udp6", ipv6Only = only })
  six:bind(0, "::", function()
    local four = dgram.createSocket("udp4")
    local function finish() four:close(function() six:close(after) end) end
    four:on("error", function(err)
      p.log(only, err.code, err.syscall, err.address)
      finish()
    end)
    four:on("listening", function()
      p.log(only, four:address().address, four:address().port == six:address().port)
      finish()
    end)
    four:bind(six:address().port)
  end)
end
run(true, function() run(false, function() p.log("done") end) end)
