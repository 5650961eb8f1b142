-- helper.lua - busted's helper in proofs: time limits are longer, and a GC storm blows while a test runs. What busted
-- itself does between the tests is not to be proved.
local busted = require "busted"
local test, storm
do
  local found, module = pcall(require, "moonport.test")
  test = found and module
  found, module = pcall(require, "storm")
  storm = found and module
end
if test then test.timeout = 60000 end
if not storm then return end

local function arm(on)
  return function()
    storm.arm(on)
    return nil, true -- busted: let the other subscribers have the event too
  end
end
busted.subscribe({ "test", "start" }, arm(true))
busted.subscribe({ "test", "end" }, arm(false))
busted.subscribe({ "suite", "end" }, function()
  local file = assert(io.open(assert(os.getenv "COLLECTIONS"), "a"))
  file:write(storm.collections(), "\n"):close()
  return nil, true
end)
