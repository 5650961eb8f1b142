-- socket_address.lua - net.SocketAddress: https://nodejs.org/api/net.html#class-netsocketaddress. What it is made from is
-- checked here; the object is bindings/socket_address.c's.
local core = require "moonport.core"
local errors = core.errors
local methods = core.SocketAddress

local FLOW_LABELS <const> = 0xfffff

--- net.SocketAddress([{ address =, family = "ipv4", port = 0, flowlabel = 0 }])
local function new(options)
  if options == nil then options = {} end
  if type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  local family = options.family == nil and "ipv4" or options.family
  local lower = type(family) == "string" and family:lower()
  if lower ~= "ipv4" and lower ~= "ipv6" then errors.raise_value("options.family", "is invalid", options.family) end
  local address = options.address
  if address == nil then address = lower == "ipv4" and "127.0.0.1" or "::" end
  if type(address) ~= "string" then errors.raise_type("options.address", "of type string", address) end
  local port = options.port == nil and 0 or core.to_port(options.port)
  if not port then errors.raise_port("options.port", options.port) end
  local label = options.flowlabel == nil and 0 or options.flowlabel
  if type(label) ~= "number" then errors.raise_type("options.flowlabel", "of type number", label) end
  local whole = math.tointeger(label)
  if not whole then errors.raise_range("options.flowlabel", "an integer", label) end
  if whole < 0 or whole > FLOW_LABELS then errors.raise_range("options.flowlabel", ">= 0 && <= " .. FLOW_LABELS, label) end
  local fits = core.is_ip(address) == (lower == "ipv4" and 4 or 6)
  return fits and core.socket_address_new(address, port, whole) or error(errors.coded "ERR_INVALID_ADDRESS", 0)
end

local SocketAddress = { new = new, prototype = methods }

--- net.SocketAddress.parse(input): "1.2.3.4", "1.2.3.4:80", "[::1]" or "[::1]:80" -> SocketAddress | nil
function SocketAddress.parse(input)
  if type(input) ~= "string" then errors.raise_type("input", "of type string", input) end
  local host, port = input:match "^(.-):(%d*)$"
  if not host or input:find "%]$" then host, port = input, "" end
  local family, address = "ipv6", host:match "^%[(.*)%]$"
  if not address then family, address = "ipv4", host end
  local number = core.to_port(port ~= "" and port or 0)
  if not number or core.is_ip(address) ~= (family == "ipv4" and 4 or 6) then return nil end
  return new { address = address, family = family, port = number }
end

--- net.SocketAddress.isSocketAddress(value) -> boolean
function SocketAddress.isSocketAddress(value) return core.is_socket_address(value) end

return setmetatable(SocketAddress, { __call = function(_, options) return new(options) end })
