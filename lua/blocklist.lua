-- blocklist.lua - net.BlockList: https://nodejs.org/api/net.html#class-netblocklist. Rules and checks are
-- bindings/blocklist.c's; here are lists of rules, CIDR and JSON.
local core = require "moonport.core"
local errors = core.errors
local methods = core.BlockList

local function check_list(list, label)
  if type(list) ~= "table" then errors.raise_type(label, "of type table", list) end
end

-- "10.0.0.0/8" -> "10.0.0.0", 8
local function parse(cidr)
  if type(cidr) ~= "string" then errors.raise_type("cidr", "of type string", cidr) end
  local address, prefix = cidr:match "^(.*)/(%d+)$"
  if not address then errors.raise_value("cidr", 'must contain a prefix length (e.g. "10.0.0.0/8")', cidr) end
  return address, tonumber(prefix)
end

--- list:addAddresses(addresses[, type])
function methods:addAddresses(addresses, family)
  core.receiver(self, "BlockList", "addAddresses")
  check_list(addresses, "addresses")
  for _, address in ipairs(addresses) do self:addAddress(address, family) end
end

--- list:addCIDR("10.0.0.0/8"), removeCIDR: a subnet of either family
function methods:addCIDR(cidr)
  core.receiver(self, "BlockList", "addCIDR")
  self:addSubnet(parse(cidr))
end

function methods:removeCIDR(cidr)
  core.receiver(self, "BlockList", "removeCIDR")
  self:removeSubnet(parse(cidr))
end

--- list:addCIDRs(list)
function methods:addCIDRs(cidrs)
  core.receiver(self, "BlockList", "addCIDRs")
  check_list(cidrs, "cidrs")
  for _, cidr in ipairs(cidrs) do self:addCIDR(cidr) end
end

--- list:toJSON() -> the rules, as fromJSON takes them
function methods:toJSON()
  core.receiver(self, "BlockList", "toJSON")
  return self.rules
end

-- A rule as `rules` shows it -> the method that adds it, its arguments
local function read_rule(text)
  local kind, family, rest = text:match "^(%a+): IPv([46]) (%S+)$"
  family = family and "ipv" .. family
  if kind == "Address" then return "addAddress", rest, family end
  if kind == "Range" then
    local start, stop = rest:match "^([^-]+)-([^-]+)$"
    if start then return "addRange", start, stop, family end
  elseif kind == "Subnet" then
    local network, prefix = rest:match "^([^/]+)/(%d+)$"
    if network then return "addSubnet", network, tonumber(prefix), family end
  end
  errors.raise_value("value", "has a rule that is none", text)
end

--- list:fromJSON(rules): adds rules as toJSON() gives them; a list, or its text in JSON
function methods:fromJSON(rules)
  core.receiver(self, "BlockList", "fromJSON")
  if type(rules) == "string" then
    local list = {} -- rules have nothing that JSON would escape
    local body = rules:match "^%s*%[(.*)%]%s*$" or errors.raise_value("value", "is no JSON of a list", rules)
    for text in body:gmatch '"([^"]*)"' do list[#list + 1] = text end
    if body:gsub('"[^"]*"', ""):find "[^%s,]" then errors.raise_value("value", "is no JSON of a list", rules) end
    rules = list
  end
  check_list(rules, "value")
  local calls = {}
  for i, text in ipairs(rules) do
    if type(text) ~= "string" then errors.raise_type(("value[%d]"):format(i - 1), "of type string", text) end
    calls[i] = table.pack(read_rule(text))
  end
  for _, call in ipairs(calls) do self[call[1]](self, table.unpack(call, 2, call.n)) end
end

local BlockList = { new = core.blocklist_new, prototype = methods }

--- What is not routed: private, loopback and link-local networks, for addCIDRs(). Read-only.
BlockList.PRIVATE_RANGES = { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "169.254.0.0/16",
  "fe80::/10", "fc00::/7" }

--- net.BlockList.isBlockList(value) -> boolean
function BlockList.isBlockList(value) return core.is_blocklist(value) end

--- Raises unless value is a BlockList or nil; for options.
BlockList._check = core.check_blocklist

return setmetatable(BlockList, { __call = function() return core.blocklist_new() end })
