-- leftovers.lua - what a test has left behind: objects that keep the loop alive, and tasks that still wait. Finds them,
-- names the lines that made them, and ends them. Does not say what that means: lua/test.lua and lua/supervisor.lua do.
local core = require "moonport.core"
local traceback = require "moonport.traceback"

local leftovers = {}

--- What there is now, so that it can be told from what comes: a set of objects and tasks.
--- @return table<userdata, true>
function leftovers.known()
  local known = {}
  for _, entry in ipairs(core.process.handles()) do known[entry[1]] = true end
  for _, task in ipairs(core.tasks()) do known[task] = true end
  local current = core.current_task()
  if current then known[current] = true end
  return known
end

local function is_unreferenced(object) return object.hasRef and not object:hasRef() end

local function is_before(a, b)
  local file, line = (a.where or ""):match "^(.*):(%d+)$"
  local other_file, other_line = (b.where or ""):match "^(.*):(%d+)$"
  if file ~= other_file then return (file or "") < (other_file or "") end
  if line ~= other_line then return tonumber(line) < tonumber(other_line) end
  return a.text < b.text
end

--- Objects that are not known and keep the loop alive, by the lines that made them:
--- { object =, where =, text = "Server 127.0.0.1:80 made at x.lua:1" }.
--- @param known table<userdata, true>
--- @param unreferenced boolean? those as well that do not keep it alive
function leftovers.handles(known, unreferenced)
  local list = {}
  for _, entry in ipairs(core.process.handles()) do
    local object, where = entry[1], entry[2]
    if not known[object] and (unreferenced or not is_unreferenced(object)) then
      list[#list + 1] = { object = object, where = where, text = ("%s made at %s"):format(tostring(object), where or "?") }
    end
  end
  table.sort(list, is_before)
  return list
end

--- Tasks that are not known and wait.
--- @param known table<userdata, true>
function leftovers.tasks(known)
  local list, current = {}, core.current_task()
  for _, task in ipairs(core.tasks()) do
    if not known[task] and task ~= current then
      local where = task.where
      list[#list + 1] = {
        task = task,
        where = where,
        text = ("a task%s that waits:%s"):format(where and " of " .. where or "", traceback.own_lines(task:traceback())),
      }
    end
  end
  return list
end

--- Both, the objects first.
function leftovers.all(known)
  local list = leftovers.handles(known)
  local tasks = leftovers.tasks(known)
  return table.move(tasks, 1, #tasks, #list + 1, list)
end

--- Ends what is left; its close comes with the next turn of the loop. No listener hears of it.
--- @param list table[]
function leftovers.close(list)
  for _, entry in ipairs(list) do
    local object = entry.object
    if entry.task then
      entry.task:cancel()
    else
      if object.removeAllListeners then
        object:removeAllListeners()
        object:on("error", function() end)
      end
      local close = object.destroy or object.close
      if close then pcall(close, object) end -- one that closes already may say so
    end
  end
end

return leftovers
