local fs = require "fs"
local dns = require "dns"
local log = require "prelude".log

local function names(t)
  local list = {}
  for name in pairs(t) do
    if name:find "^[A-Z0-9_]+$" or name:find "^[A-Z]_OK$" then list[#list + 1] = name end
  end
  table.sort(list)
  return list
end
local ours = { O_DIRECT = true, O_DIRECTORY = true, O_NOFOLLOW = true } -- another number on each kind of machine
for _, name in ipairs(names(fs.constants)) do
  log(name, ours[name] and type(fs.constants[name]) or fs.constants[name])
end
for _, name in ipairs(names(dns)) do log(name, dns[name]) end
