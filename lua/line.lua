-- line.lua - tasks that wait in line for something, the first one first. What they wait for is the affair of whoever
-- calls them.
local core = require "moonport.core"

local line = {}

--- An empty one.
function line.new() return { first = 1, last = 0 } end

--- Calls the first one. -> false: nobody waits
function line.call_first(self)
  while self.first <= self.last do
    local wake = self[self.first]
    self[self.first] = nil
    self.first = self.first + 1
    if wake then -- else it has left
      wake()
      return true
    end
  end
  return false
end

function line.call_all(self)
  while line.call_first(self) do end
end

--- Waits until somebody calls the first one, and it is this task; `what` failed when it takes longer. A task that is
--- cancelled between that and its turn hands on what it was called for. -> true | nil, err
function line.wait(limit, self, what, hand_on)
  local wake = core.waker()
  local place = self.last + 1
  self.last = place
  self[place] = wake
  local served = false
  local _ <close> = setmetatable({}, { __close = function()
    if self[place] == wake then self[place] = false
    elseif not served then hand_on() end
  end })
  local ok, err = core.wait(limit, what)
  served = ok
  if not ok then return nil, err end
  return true
end

return line
