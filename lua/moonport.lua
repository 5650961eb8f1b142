-- moonport.lua - the module itself: running the loop, and the globals on request. What stock lua5.4 requires.
local core = require "moonport.core"

local moonport = {
  version = core.version, -- "major.minor.patch"
  uv_version = core.uv_version,
}

--- Runs f(...) as a task and then the loop, until nothing referenced is left in it.
--- An error that nobody caught ends the loop and is raised here.
--- @param f fun(...)? without it, just the loop
function moonport.run(f, ...)
  if f then core.process.next_tick(f, ...) end
  core.run()
end

--- Defines Node's globals: console, process, setTimeout, Error, AbortController, ...
function moonport.globals()
  require "moonport.globals"()
end

return moonport
