---@meta async

--- Tasks: functions that wait while the loop goes on. The main chunk, every listener, timer and callback is a task too:
--- everything here that waits may be called there, also inside pcall, iterators and coroutines of one's own.
---
--- What waits returns `nil, err` when the world fails, and raises for wrong arguments only. A limit is a number of
--- ms, or `{ timeout = ms, signal = AbortSignal }`; when it is over, err.code is "ETIMEDOUT" or "ABORT_ERR".
---@class async
local async = {}

---@class async.Limit
---@field timeout? number ms
---@field signal? AbortSignal

--- A function that runs as a task of its own. It ends when the function does; an error that nobody asks for by join
--- is an uncaught one.
---@class Task
---@field status "running"|"waiting"|"ready"|"done"|"failed"|"cancelled" (read-only) ready: woken, about to go on
---@field waiting? integer ms since it began to wait (read-only)
---@field where? string the line that spawned it (read-only)
local Task = {}

--- What its function returned, or nil and what it raised. Waits.
---@param limit? number|async.Limit
---@return any ...
function Task:join(limit) end

--- Ends its wait, and lets every later one raise an error with the code "ECANCELED", except in __close: a pcall
--- does not save it. Its <close> variables run, what it waited for is free.
---@param reason? any the error's cause
---@return self
function Task:cancel(reason) end

--- Where it waits, as text.
---@return string
function Task:traceback() end

--- Runs f(...) as a task: at once, until it waits for the first time. Raises ERR_INVALID_ARG_TYPE.
---@param f fun(...: any): any
---@param ... any
---@return Task
function async.spawn(f, ...) end

--- The task that runs.
---@return Task?
function async.current() end

--- Those that wait, or are about to go on; the oldest first.
---@return Task[]
function async.tasks() end

--- Waits. Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE.
---@param ms number
---@param options? { signal?: AbortSignal }
---@return true? slept
---@return Error? err
function async.sleep(ms, options) end

--- Runs functions at the same time, and waits for all: a list of the first result of each; or nil and the error of the
--- first that failed, the others are cancelled then.
---@param list (Task|fun(): any)[]
---@param limit? number|async.Limit
---@return any[]? results
---@return any err
function async.all(list, limit) end

--- Runs functions at the same time, and waits for the first that ends; the others are cancelled.
---@param list (Task|fun(): any)[]
---@param limit? number|async.Limit
---@return any ... its results, or nil and its error
function async.race(list, limit) end

--- Runs f(...) and waits for it, so long at most; then it is cancelled.
---@param limit number|async.Limit
---@param f fun(...: any): any
---@param ... any
---@return any ... its results, or nil and its error
function async.timeout(limit, f, ...) end

--- Calls f(..., callback) and waits for callback(err, ...): for functions in Node's style. With a limit:
--- async.timeout(limit, async.await, f, ...).
---@param f fun(...: any)
---@param ... any
---@return any ... what follows err, or nil and err
function async.await(f, ...) end

--- A queue between tasks. Raises ERR_OUT_OF_RANGE.
---@param capacity? integer so many may be in it before put waits (any number)
---@return async.Queue
function async.queue(capacity) end

--- A semaphore: at most n tasks at a time. Raises ERR_OUT_OF_RANGE.
---@param n integer
---@return async.Semaphore
function async.semaphore(n) end

--- Values from some tasks to others, first in, first out; `#queue` is how many are in it.
---@class async.Queue
local Queue = {}

--- Waits while it is full.
---@param value any not nil
---@param limit? number|async.Limit
---@return true? put
---@return Error? err "EPIPE": it is closed
function Queue:put(value, limit) end

--- Waits while it is empty.
---@param limit? number|async.Limit
---@return any value nil: it is closed and empty
---@return Error? err
function Queue:get(limit) end

--- put fails from now on; get gives what is left, then nil.
function Queue:close() end

--- for value in queue:values() do, until it is closed and empty, or the limit. Waits.
---@param limit? number|async.Limit
---@return fun(): any
function Queue:values(limit) end

---@class async.Semaphore
local Semaphore = {}

--- Waits while all are taken.
---@param limit? number|async.Limit
---@return true? acquired
---@return Error? err
function Semaphore:acquire(limit) end

--- Gives back what acquire took.
function Semaphore:release() end

--- acquire, f(...), release, whatever happens. Waits.
---@param f fun(...: any): any
---@param ... any
---@return any ...
function Semaphore:with(f, ...) end

return async
