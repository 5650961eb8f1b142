-- util.lua - the module `util`: Node's helpers that mean something in Lua.
-- It never holds code of its own beyond inherits(): the rest lives where it is used.

local inspect = require "moonport.inspect"
local format = require "moonport.format"

local M = {
  inspect = inspect.inspect,
  format = format.format,
  formatWithOptions = format.formatWithOptions,
}

--- A text without its ANSI escape sequences.
---@param text string
---@return string
function M.stripVTControlCharacters(text)
  if type(text) ~= "string" then
    error(('The "str" argument must be of type string. Received %s'):format(type(text)), 2)
  end
  return inspect.strip(text)
end

local function check_class(name, value)
  if type(value) == "table" then return end
  error(('The "%s" argument must be of type table. Received %s'):format(name, type(value)), 3)
end

--- Lets one class inherit from another. A class is a table that is the metatable of its objects:
---
---     local Door = {}
---     util.inherits(Door, EventEmitter)
---     local door = setmetatable({}, Door)
---     door:on("open", print)
---
--- What `constructor` does not define is looked up in `super`, later additions included; `super`'s metamethods
--- (`__tostring`, `__close`, ...) are copied, for Lua does not look those up; `constructor.super_` is `super`.
--- Another metatable of `constructor` stays as it is in all but `__index`, and is not changed for other tables.
---@param constructor table
---@param super table
function M.inherits(constructor, super)
  check_class("constructor", constructor)
  check_class("superConstructor", super)
  for key, value in next, super do
    local metamethod = type(key) == "string" and key:find("^__") and key ~= "__index"
    if metamethod and rawget(constructor, key) == nil then rawset(constructor, key, value) end
  end
  if rawget(constructor, "__index") == nil then rawset(constructor, "__index", constructor) end
  rawset(constructor, "super_", super)
  local meta = {}
  for key, value in next, debug.getmetatable(constructor) or {} do meta[key] = value end
  meta.__index = super
  debug.setmetatable(constructor, meta)
end

return M
