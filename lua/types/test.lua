---@meta moonport.test

--- What tests of network code are written with, in `moonport test` or in any other runner: a failure is an error.
---
--- In `moonport test` the global `timeout(ms)` gives the function that runs another time limit, from now on; in a
--- `describe` to all that is in it; 0 is none.
---@class moonport.test
---@field timeout integer ms that a run() may take, unless it is told otherwise: 5000
local test = {}

--- Runs f and then the loop, until it is empty: for runners other than `moonport test`, where tests may just wait.
--- Fails on an error that nobody caught, a `must` called too rarely or too often, an object left open, and when its
--- time is over.
---@param f fun()
---@param options? { timeout: integer }
function test.run(f, options) end

--- A callback that is to be called exactly n times until the end of the test, or of the run().
---@param f? fun(...): ...
---@param n? integer default 1
---@return fun(...): ...
---@overload fun(n: integer): fun(...)
function test.must(f, n) end

--- A callback that is not to be called: it raises, and shows its arguments.
---@param name? string for the message
---@return fun(...)
function test.never(name) end

return test
