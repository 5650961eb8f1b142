-- handles.lua - what keeps the loop alive, as text: for --trace-handles. Never touches what it lists.
local core = require "moonport.core"

local handles = {}

--- One line for each object that keeps the loop alive: what it is and where it was made.
--- @return string[]
function handles.lines()
  local lines = {}
  for _, entry in ipairs(core.process.handles()) do
    local object, where = entry[1], entry[2]
    if not (object.hasRef and not object:hasRef()) then
      lines[#lines + 1] = tostring(object) .. (where and ", made at " .. where or "")
    end
  end
  table.sort(lines)
  return lines
end

return handles
