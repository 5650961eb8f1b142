-- bound_socket.lua - net.BoundSocket: https://nodejs.org/api/net.html#class-netboundsocket. Its options are checked
-- here; the object is bindings/bound_socket.c's.
local core = require "moonport.core"
local errors = core.errors
local methods = core.BoundSocket

local function check_path(options)
  local path = options.path
  if type(path) ~= "string" then errors.raise_type("options.path", "of type string", path) end
  if path == "" then errors.raise_value("options.path", "must not be empty", path) end
  if path:find("\0", 2, true) and path:byte() ~= 0 then
    errors.raise_value("options.path", "must be a string without null bytes", path)
  end
  for _, name in ipairs { "host", "port", "ipv6Only", "reusePort" } do
    if options[name] ~= nil then errors.raise_value("options." .. name, "cannot be used with a path", options[name]) end
  end
  return { path = path }
end

local function check_host(options)
  local port = options.port == nil and 0 or core.to_port(options.port)
  if not port then errors.raise_port("options.port", options.port) end
  local host = options.host
  if host == nil then host = options.ipv6Only and "::" or "0.0.0.0" end
  if type(host) ~= "string" then errors.raise_type("options.host", "of type string", host) end
  if core.is_ip(host) == 0 then
    error(errors.make("TypeError", "ERR_INVALID_IP_ADDRESS", "Invalid IP address: " .. host), 0)
  end
  return { host = host, port = port, ipv6Only = options.ipv6Only, reusePort = options.reusePort }
end

--- net.BoundSocket([{ host =, port = 0, ipv6Only = false, reusePort = false }]) | ({ path = }): binds now, or raises
local function new(options)
  if options == nil then options = {} end
  if type(options) ~= "table" then errors.raise_type("options", "of type table", options) end
  local checked = options.path ~= nil and check_path(options) or check_host(options)
  local bound, errno = core.bound_socket_new(checked)
  if bound then return bound end
  local err = errors.system(errno, "bind", checked.host or "", checked.port)
  if checked.path then -- which may be of any bytes
    err.address, err.message = checked.path, ("bind %s %s"):format(err.code, checked.path)
  end
  error(err, 0)
end

local BoundSocket = { new = new, prototype = methods }

-- For net.lua and connect.lua.
BoundSocket._is, BoundSocket._name = core.is_bound_socket, core.bound_socket_name
BoundSocket._adopt, BoundSocket._release = core.bound_socket_adopt, core.bound_socket_release

return setmetatable(BoundSocket, { __call = function(_, options) return new(options) end })
