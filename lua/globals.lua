-- globals.lua - Node's globals, for hosts that want them. Returns a function: requiring it changes nothing.
local core = require "moonport.core"

-- Stands for a table that most scripts never touch, until somebody does: a hello world need not wait for it.
local function lazy(load)
  local meta = {
    __newindex = function(_, key, value) load()[key] = value end,
    __call = function(_, ...) return load()(...) end,
    __pairs = function() return pairs(load()) end,
    __inspect = function(_, depth, options)
      local inner = setmetatable({ depth = depth }, { __index = options })
      return require "moonport.inspect".inspect(load(), inner)
    end,
  }
  function meta.__index(_, key)
    meta.__index = load() -- from now on without this function
    return meta.__index[key]
  end
  return setmetatable({}, meta)
end

return function()
  local timers = require "moonport.timers"
  for _, name in ipairs { "setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate" } do
    _G[name] = timers[name]
  end
  for _, name in ipairs { "Error", "TypeError", "RangeError" } do
    _G[name] = core.errors[name]
  end
  _G.AbortController = lazy(function() return require "moonport.abort".AbortController end)
  _G.AbortSignal = lazy(function() return require "moonport.abort".AbortSignal end)
  _G.Buffer = lazy(function() return require "moonport.buffer".Buffer end)
  local to_string
  function string.toString(...) -- ("x"):toString("hex"): a string is what a Buffer is in Node
    to_string = to_string or require "moonport.buffer".Buffer.toString
    return to_string(...)
  end
  -- what blocks the loop lets joined writes go first
  for name, library in pairs { execute = os, popen = io } do
    local blocking = library[name]
    library[name] = function(...)
      core.process.flush()
      return blocking(...)
    end
  end
  debug.setmetatable(true, { -- socket.closed is a boolean, socket:closed() a verb
    __call = function(...) return require "moonport.waiting".closed(...) end,
  })
  for name, f in pairs(core.coroutine) do rawset(coroutine, name, f) end -- coroutines of scripts may wait
  _G.process = require "moonport.process"
  _G.console = lazy(function() return require "moonport.console" end)
end
