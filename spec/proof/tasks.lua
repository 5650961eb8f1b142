-- tasks.lua - random programs of tasks, as many as are asked for: tasks.lua COUNT
package.path = "./?.lua;" .. package.path
local random_tasks = require "spec.random_tasks"

local count, size = math.tointeger(tonumber(arg[1])), 0
for seed = 1, count do size = size + #random_tasks(seed) end
print(("%d programs; %d KB of what they did"):format(count, size // 1024))
