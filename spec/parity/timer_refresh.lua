-- refresh: revives a timer that fired, starts a waiting one anew, does nothing for one that was cleared
local p = require "prelude"

local cleared = setTimeout(function() p.log("never") end, 2)
clearTimeout(cleared)
p.log(cleared:refresh() == cleared)
local count = 0
local fired; fired = setTimeout(function()
  count = count + 1
  p.log("fired", count)
  if count < 3 then return fired:refresh() end
  local waiting; setTimeout(function()
    setTimeout(function() p.log("between") end, 60)
    p.log(waiting:refresh() == waiting)
  end, 80)
  waiting = setTimeout(function() p.log("refreshed") end, 100)
end, 2)
