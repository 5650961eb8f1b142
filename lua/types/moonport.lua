---@meta moonport

--- The runtime itself. In stock lua5.4 this is the module to require first: it opens a loop, after which
--- `require "net"` and the other modules work, and `moonport.run` runs them.
---@class moonport
---@field version string "major.minor.patch"
---@field uv_version string of libuv
local moonport = {}

--- Calls f(...) and runs the loop until nothing is left in it that keeps it alive. An error that nobody caught ends
--- the loop and is raised here. The executable does all of this by itself.
---@param f? fun(...: any) without it: just the loop
---@param ... any
function moonport.run(f, ...) end

--- Defines Node's globals: console, process, setTimeout, Error, AbortController, ... The executable has them.
function moonport.globals() end

return moonport
