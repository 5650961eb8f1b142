-- helper.lua - busted's helper in proofs: time limits are longer, and a GC storm blows while a test runs. What busted
-- itself does between the tests is not to be proved.
local busted = require "busted"
local test, storm, core
do
  local found, module = pcall(require, "moonport.test")
  test = found and module
  found, module = pcall(require, "storm")
  storm = found and module
  found, module = pcall(require, "moonport.core")
  core = found and module
end
if test then test.timeout = 60000 end
if not storm then return end
if core then core.on_new_coroutine(storm.hook) end -- tests run on coroutines of the pool, some of which are there already

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
