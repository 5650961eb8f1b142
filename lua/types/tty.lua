---@meta

--- The streams of process.stdout and process.stderr. [Node](https://nodejs.org/api/tty.html#class-ttywritestream)

--- Standard output or error. What is written is out when write() returns, in order with print and io.write. It is never
--- closed: finish() and destroy() tell their events, and writing goes on. Nobody reading it any more (EPIPE) ends the
--- program quietly, unless "error" has a listener.
---@class OutputStream: Writable
---@field fd integer (read-only)
---@field isTTY boolean (read-only) it is a terminal
---@field columns integer|nil (read-only) of the terminal; "resize" tells when they change
---@field rows integer|nil (read-only)
---@field bytesWritten integer (read-only)
local OutputStream = {}

--- The size of the terminal. [Node](https://nodejs.org/api/tty.html#writestreamgetwindowsize)
---@return { [1]: integer, [2]: integer }|nil size columns and rows
function OutputStream:getWindowSize() end

--- How many bits of colour the terminal shows. [Node](https://nodejs.org/api/tty.html#writestreamgetcolordepthenv)
---@param env? table<string, string> what to go by, in place of the environment
---@return 1|4|8|24
function OutputStream:getColorDepth(env) end

--- [Node](https://nodejs.org/api/tty.html#writestreamhascolorscount-env)
---@param count? integer 16
---@param env? table<string, string> what to go by, in place of the environment
---@return boolean
---@overload fun(self: OutputStream, env: table<string, string>): boolean
function OutputStream:hasColors(count, env) end

--- Moves the cursor. Raises ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS.
--- [Node](https://nodejs.org/api/tty.html#writestreamcursortox-y-callback)
---@param x integer the column, from 0
---@param y? integer the row, from 0
---@param callback? fun(err: any)
---@return boolean more
function OutputStream:cursorTo(x, y, callback) end

--- Moves the cursor from where it is. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/tty.html#writestreammovecursordx-dy-callback)
---@param dx integer columns to the right
---@param dy integer rows down
---@param callback? fun(err: any)
---@return boolean more
function OutputStream:moveCursor(dx, dy, callback) end

--- Clears the line. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/tty.html#writestreamclearlinedir-callback)
---@param direction -1|0|1 left of the cursor, all, right of it
---@param callback? fun(err: any)
---@return boolean more
function OutputStream:clearLine(direction, callback) end

--- Clears the screen below the cursor. Raises ERR_INVALID_ARG_TYPE.
--- [Node](https://nodejs.org/api/tty.html#writestreamclearscreendowncallback)
---@param callback? fun(err: any)
---@return boolean more
function OutputStream:clearScreenDown(callback) end
