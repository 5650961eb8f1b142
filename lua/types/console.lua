---@meta console

--- Prints on standard output and standard error, one write a call. It never raises for what it is given to show.
--- The first value may be a format: %s %d %i %f %j %o %O %c %%, as util.format has it.
--- [Node](https://nodejs.org/api/console.html)
---@class console
local console = {}

--- Prints the values on standard output. [Node](https://nodejs.org/api/console.html#consolelogdata-args)
---@param ... any
function console.log(...) end

--- The same as log. [Node](https://nodejs.org/api/console.html#consoleinfodata-args)
---@param ... any
function console.info(...) end

--- The same as log. [Node](https://nodejs.org/api/console.html#consoledebugdata-args)
---@param ... any
function console.debug(...) end

--- Prints the values on standard error. [Node](https://nodejs.org/api/console.html#consoleerrordata-args)
---@param ... any
function console.error(...) end

--- The same as error. [Node](https://nodejs.org/api/console.html#consolewarndata-args)
---@param ... any
function console.warn(...) end

--- Prints "Trace: ", the values and where the call comes from on standard error.
--- [Node](https://nodejs.org/api/console.html#consoletracemessage-args)
---@param ... any
function console.trace(...) end

--- Prints a value as util.inspect shows it, strings quoted.
--- [Node](https://nodejs.org/api/console.html#consoledirobj-options)
---@param value any
---@param options? moonport.InspectOptions
function console.dir(value, options) end

--- Prints "Assertion failed" and the values on standard error if the condition is false or nil. It raises nothing.
--- [Node](https://nodejs.org/api/console.html#consoleassertvalue-message)
---@param condition any
---@param ... any
function console.assert(condition, ...) end

--- Prints the values, if any, and indents what follows by two more columns.
--- [Node](https://nodejs.org/api/console.html#consolegrouplabel)
---@param ... any
function console.group(...) end

--- Ends the innermost group. [Node](https://nodejs.org/api/console.html#consolegroupend)
function console.groupEnd() end

--- Prints how often it was called with this label. [Node](https://nodejs.org/api/console.html#consolecountlabel)
---@param label? any default "default"
function console.count(label) end

--- Lets count() begin again. [Node](https://nodejs.org/api/console.html#consolecountresetlabel)
---@param label? any
function console.countReset(label) end

--- Starts a timer. [Node](https://nodejs.org/api/console.html#consoletimelabel)
---@param label? any default "default"
function console.time(label) end

--- Prints the time since time() and the values. [Node](https://nodejs.org/api/console.html#consoletimeloglabel-data)
---@param label? any
---@param ... any
function console.timeLog(label, ...) end

--- Prints the time since time() and ends the timer. [Node](https://nodejs.org/api/console.html#consoletimeendlabel)
---@param label? any
function console.timeEnd(label) end

--- Prints a table as a table: a line for each row, a column for each key of the rows.
--- [Node](https://nodejs.org/api/console.html#consoletabletabulardata-properties)
---@param data any anything but a table is printed as log does
---@param columns? string[] only these
function console.table(data, columns) end

return console
