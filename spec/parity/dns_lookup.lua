-- lookup of what needs no name server: IPs, nothing at all, names that cannot be
local dns = require "dns"
local p = require "prelude"

local steps = {
  { "127.0.0.1" }, { "::1" }, { "127.0.0.1", 6 }, { "::1", { family = 4 } }, { "fe80::1%lo" },
  { "127.0.0.1", { all = true } }, { "::1", { all = true, family = "IPv4" } },
  { "localhost", { family = 4 } }, { "localhost", { family = "IPv4", all = true } }, { "localhost", { family = 4, order = "ipv6first" } },
  { "localhost", { family = 4, hints = dns.ADDRCONFIG, verbatim = false } },
  { "no..name" }, { "no..name", { all = true } }, { ("x"):rep(64) .. ".invalid" },
}

local function next_step()
  local step = table.remove(steps, 1)
  if not step then return end
  local sync = true
  step[#step + 1] = function(err, address, family)
    p.log(#step[1], sync, err, address, family)
    if err then p.log(err.code, err.errno, err.syscall, #err.hostname) end
    next_step()
  end
  dns.lookup(table.unpack(step))
  sync = false
end
next_step()
