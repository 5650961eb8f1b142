---@meta _

--- An error value: what this runtime raises, gives to "error" listeners and to callbacks. `tostring` is
--- "name: message", or "name [code]: message" where the code begins with ERR_; `..` works too.
--- [Node](https://nodejs.org/api/errors.html#class-error)
---
--- A mistake of the script is raised (ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_SOCKET_BAD_PORT, ...): catch it with
--- pcall. A failure of the world is emitted as "error" or given to the callback; its `code` is the system's:
--- EADDRINUSE, EACCES, ENOENT, ECONNREFUSED, ECONNRESET, ENOTFOUND, EPIPE, ETIMEDOUT, EMFILE, ...
---@class Error
---@overload fun(message?: any, options?: ErrorOptions): Error
---@field name string "Error", "TypeError", "RangeError", "AggregateError", "AbortError", "TimeoutError", ...
---@field message string
---@field code? any a string, where this runtime made the error
---@field cause? any
---@field stack? string where it was made, or first raised
---@field traceback? string the same text
---@field where? string "file:line" of the call that made the socket, bound it or its server, or used the file
---@field hint? string a word of help that the report shows: of a port that is taken, or is for root
---@field errno? integer the system's number, negative
---@field syscall? string "connect", "listen", "bind", "accept", "read", "write", "open", "getaddrinfo", ...
---@field address? string the IP, or the path of a Unix socket
---@field port? integer
---@field localAddress? string where connect() was told to bind
---@field localPort? integer
---@field path? string what failed with a file: its path as it was given
---@field dest? string the second path of rename(), copyFile(), link(), symlink()
---@field hostname? string the name that was looked up
---@field host? string of ERR_INVALID_ADDRESS_FAMILY
---@field errors? Error[] of an AggregateError: one for each address that was tried
---@field context? any of ERR_UNHANDLED_ERROR: what was emitted
Error = {}

---@class ErrorOptions
---@field code? any
---@field cause? any

--- A value of a wrong type. [Node](https://nodejs.org/api/errors.html#class-typeerror)
---@class TypeError: Error
---@overload fun(message?: any, options?: ErrorOptions): TypeError
TypeError = {}

--- A value out of its range. [Node](https://nodejs.org/api/errors.html#class-rangeerror)
---@class RangeError: Error
---@overload fun(message?: any, options?: ErrorOptions): RangeError
RangeError = {}
