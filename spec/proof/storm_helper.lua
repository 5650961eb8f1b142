-- storm_helper.lua - busted's helper in a GC storm: it blows while a test runs, and time limits are longer. What
-- busted itself does between the tests is not to be proved.
local busted = require "busted"
local storm = require "storm"
local found, test = pcall(require, "moonport.test")
if found then test.timeout = 60000 end

busted.subscribe({ "test", "start" }, function()
  storm.arm(true)
  return nil, true
end)
busted.subscribe({ "test", "end" }, function()
  storm.arm(false)
  return nil, true
end)
busted.subscribe({ "suite", "end" }, function()
  local file = os.getenv "STORM_COUNT" and io.open(os.getenv "STORM_COUNT", "a")
  if file then file:write(storm.collections(), "\n"):close() end
  return nil, true
end)
