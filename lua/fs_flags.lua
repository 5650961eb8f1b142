-- fs_flags.lua - what fs.lua and fs_streams.lua share: flags by name and modes in octal digits become numbers.
local core = require "moonport.core"
local errors = core.errors
local native = core.fs() -- once: it makes the classes of fs
local constants = native.constants

local READ, WRITE, BOTH = constants.O_RDONLY, constants.O_WRONLY, constants.O_RDWR
local SYNC, EXCLUSIVE = constants.O_SYNC, constants.O_EXCL
local NEW, APPEND = constants.O_CREAT | constants.O_TRUNC, constants.O_CREAT | constants.O_APPEND

local flag_names = {
  r = READ, rs = READ | SYNC, ["r+"] = BOTH, ["rs+"] = BOTH | SYNC,
  w = NEW | WRITE, wx = NEW | WRITE | EXCLUSIVE, ["w+"] = NEW | BOTH, ["wx+"] = NEW | BOTH | EXCLUSIVE,
  a = APPEND | WRITE, ax = APPEND | WRITE | EXCLUSIVE, as = APPEND | WRITE | SYNC,
  ["a+"] = APPEND | BOTH, ["ax+"] = APPEND | BOTH | EXCLUSIVE, ["as+"] = APPEND | BOTH | SYNC,
}

-- "wx" or "xw" or a number -> number
local function to_flags(flags, default)
  if flags == nil then flags = default end
  if type(flags) == "number" then return flags end
  local known = flag_names[flags] or type(flags) == "string" and #flags > 1 and
    flag_names[flags:sub(2, 2) .. flags:sub(1, 1) .. flags:sub(3)]
  if not known then errors.raise_value("flags", "is invalid", flags) end
  return known
end

-- A number or octal digits -> number; what is neither is for C to refuse
local function to_mode(mode, default)
  if mode == nil then return default end
  if type(mode) ~= "string" then return mode end
  if not mode:find "^[0-7]+$" then
    errors.raise_value("mode", "must be a 32-bit unsigned integer or an octal string", mode)
  end
  return tonumber(mode, 8)
end

return { native = native, to_flags = to_flags, to_mode = to_mode }
