---@meta process

--- This process. Every function takes a dot as in Node, `process.on("exit", f)`, or a colon as in Lua.
--- [Node](https://nodejs.org/api/process.html)
---
--- Events:
--- * `"exit"` (code): once, at the end; what is started in it does not run.
--- * `"beforeExit"` (code): the loop is empty; a listener may start something, and the program goes on.
--- * `"uncaughtException"` (err, "uncaughtException"): nothing caught this error; with a listener the program goes on.
--- * `"uncaughtExceptionMonitor"` (err, "uncaughtException"): the same, without keeping the program from ending.
--- * `"warning"` (err): with a listener, warnings are not printed.
--- * `"SIGTERM"`, `"SIGINT"`, ... (name, number): a signal; what it does by default is off while there is a listener.
---@class process: EventEmitter
---@field pid integer
---@field ppid integer of the parent
---@field platform string "linux"
---@field version string "v" and moonport's version
---@field versions { moonport: string, lua: string, uv: string }
---@field argv string[] with Node's numbers: [0] the executable, [1] the script, [2] its first argument
---@field env table<string, string> the environment: assigning sets a variable, nil removes it; pairs() walks a copy
---@field exitCode? integer what the program ends with when nothing else says so; checked when it is assigned
---@field hrtime process.hrtime
---@field stdin Socket|ReadStream a ReadStream when it is a file; a terminal has isTTY and setRawMode(on)
---@field stdout OutputStream
---@field stderr OutputStream
local process = {}

--- The time of a clock that only goes forward: { seconds, nanoseconds }, since an earlier one if it is given.
---@class process.hrtime
---@overload fun(since?: integer[]): integer[]
---@field bigint fun(): integer the same in nanoseconds

--- Calls a function when the current callback has returned, before anything else of the loop.
--- Raises ERR_INVALID_ARG_TYPE. [Node](https://nodejs.org/api/process.html#processnexttickcallback-args)
---@param callback fun(...: any)
---@param ... any what the function gets
function process.nextTick(callback, ...) end

--- Ends the program: "exit" is told, standard output is flushed, what sockets hold back is handed to the kernel as far
--- as it takes it, nothing else runs.
--- Raises ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. [Node](https://nodejs.org/api/process.html#processexitcode)
---@param code? integer default: process.exitCode, or 0
function process.exit(code) end

--- The current folder. [Node](https://nodejs.org/api/process.html#processcwd)
---@return string
function process.cwd() end

--- Changes it. Raises the system's error. [Node](https://nodejs.org/api/process.html#processchdirdirectory)
---@param directory string
function process.chdir(directory) end

--- Seconds since the start. [Node](https://nodejs.org/api/process.html#processuptime)
---@return number
function process.uptime() end

--- Bytes: of the process, and of Lua's heap. [Node](https://nodejs.org/api/process.html#processmemoryusage)
---@return { rss: integer, heapTotal: integer, heapUsed: integer, external: integer }
function process.memoryUsage() end

--- Sends a signal. Raises ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_SIGNAL, the system's error (ESRCH, EPERM).
--- [Node](https://nodejs.org/api/process.html#processkillpid-signal)
---@param pid integer
---@param signal? string|integer default "SIGTERM"; 0 only asks whether the process exists
---@return true
function process.kill(pid, signal) end

--- Shows a warning: to listeners of "warning", else on standard error.
--- [Node](https://nodejs.org/api/process.html#processemitwarningwarning-options)
---@param warning string|Error
---@param name? string|{ type: string } default "Warning"
function process.emitWarning(warning, name) end

return process
