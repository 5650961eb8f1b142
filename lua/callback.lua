-- callback.lua - functions that know both styles: with a callback among their arguments they are Node's, without one the
-- task waits for what the callback would get.
local core = require "moonport.core"
local is_callable = core.errors.is_callable

local callback = {}

local function has_callback(...)
  for i = 1, select("#", ...) do
    if is_callable((select(i, ...))) then return true end
  end
  return false
end

--- A function that calls start(...), or without a callback waits: results | nil, err.
--- @param start fun(...) takes an error-first callback as its last argument
function callback.or_wait(start)
  return function(...)
    if has_callback(...) then return start(...) end
    return require "moonport.async".await(start, ...)
  end
end

return callback
