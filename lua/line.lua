-- line.lua - tasks that wait in line for something, the first one first. What they wait for is the affair of whoever
-- calls them.
local core = require "moonport.core"

local line = {}

--- An empty one. called: how many were called, and have not had their turn yet.
function line.new() return { first = 1, last = 0, called = 0 } end

--- Calls the first one. -> false: nobody waits
function line.call_first(self)
  while self.first <= self.last do
    local wake = self[self.first]
    self[self.first] = nil
    self.first = self.first + 1
    if wake then -- else it has left
      self.called = self.called + 1
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
    if self[place] == wake then
      self[place] = false
    else
      self.called = self.called - 1
      if not served then hand_on() end
    end
  end })
  local ok, err = core.wait(limit, what)
  served = ok
  if not ok then return nil, err end
  return true
end

--- Waits until count(owner) says that there is something for this task; what others were called for is theirs. The
--- owner calls the first one for each thing that comes, and all when over(owner) becomes true.
--- -> true | false: it is over, and nothing is left | nil, err
function line.wait_for(limit, self, what, owner, count, over)
  if count(owner) > self.called then return true end
  local deadline = limit and core.now() + limit
  local function hand_on()
    if count(owner) > self.called then line.call_first(self) end
  end
  repeat
    if over(owner) then return false end
    local ok, err = line.wait(deadline and math.max(0, deadline - core.now()), self, what, hand_on)
    if not ok then return nil, err end
  until count(owner) > 0
  return true
end

return line
